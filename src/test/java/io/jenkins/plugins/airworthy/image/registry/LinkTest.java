package io.jenkins.plugins.airworthy.image.registry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The header that says whether a list goes on. */
class LinkTest {
    private static List<String> next(String... headers) {
        return Link.parse(Arrays.asList(headers)).orElseThrow().stream()
                .filter(link -> link.relations().contains(Link.NEXT))
                .map(Link::target)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<x>; rel=\"next\"",
                "<x>; rel=next",
                "<x>; rel=\"Next\"",
                "<x>; REL=NEXT",
                "<x>; rel = \"next\"",
                "<x>;rel\t=\tnext",
                "<x> ; rel=\"prev next\"",
                "<x>; rel=\"next last\"",
                "<x>; rel=\" next \"",
                "<x>; rel=\"ne\\xt\"",
                "<x>; title=\"a, b; <y>; rel=prev\"; rel=next",
                "<x>; title*=UTF-8''a; rel=next; results",
                "<x>; rel=next;",
                " , <x>; rel=next , ,",
                "<y>; rel=prev, <x>; rel=next",
                "<x>; rel=next, <y>; rel=first",
            })
    void readsTheNextPageInEverySpelling(String header) {
        assertThat(next(header)).containsExactly("x");
    }

    @Test
    void readsSeveralHeaders() {
        assertThat(next("<a>; rel=prev", "<b>; rel=next", "<c>; rel=\"first start\""))
                .containsExactly("b");
        assertThat(next("<a>; rel=next", "<b>; rel=next")).containsExactly("a", "b");
    }

    @Test
    void findsNoNextPageInOtherRelations() {
        assertThat(next()).isEmpty();
        assertThat(next("")).isEmpty();
        assertThat(next("</v2/>; rel=\"first prev\", </api>; rel=\"service-desc\"; type=\"x/y\""))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x; rel=\"next\"",
                "<x>; rel='next'",
                "<x>; rel=\"next",
                "<x; rel=next",
                "<x>",
                "<x>; rel",
                "<x>; rel=",
                "<x>; rel=\"\"",
                "<x>; rel=prev; rel=next",
                "<x>; rel*=UTF-8''next",
                "<x>; rev=prev",
                "<x>; rel=next; anchor=\"/elsewhere\"",
                "<x>; rel=nextpage",
                "<x>; rel=\"http://www.iana.org/assignments/relation/next\"",
                "<x>; rel=prev <y>; rel=next",
                "<x>; rel=prev; <y>; rel=next",
                "<x>, rel=next",
                "rel=next; <x>",
                "next",
                "<x>; rel=\u200bnext",
            })
    void understandsNoAmbiguousHeader(String header) {
        assertThat(Link.parse(List.of(header))).isEmpty();
        assertThat(Link.parse(List.of("<y>; rel=prev", header))).isEmpty();
    }

    @Test
    void aHeaderOfAnyLengthIsReadInWholeOrNotAtAll() {
        String header = "<" + "x".repeat(20_000) + ">; rel=prev, <y>; rel=next";

        assertThat(Link.parse(List.of(header))).isEmpty();
        assertThat(Link.parse(List.of("<" + "x".repeat(10_000) + ">; rel=next")))
                .isEqualTo(Optional.of(List.of(new Link("x".repeat(10_000), Set.of("next")))));
    }
}
