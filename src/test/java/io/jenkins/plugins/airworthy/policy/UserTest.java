package io.jenkins.plugins.airworthy.policy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class UserTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "1000", "65532:65532", "1000:0", "007", "2147483647"})
    void passesNumbersOtherThanRoots(String user) throws Exception {
        assertThat(judge("{nonRoot: true}", user).passed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":",
                ":1000",
                "0",
                "00",
                "+0",
                "+1000",
                "+1000:1000",
                "-0",
                "-1",
                "0:0",
                "0:1000",
                "root",
                "root:1000",
                "0 ",
                " root",
                "Root",
                "toor",
                "2147483648",
                "4294967296",
                "ContainerAdministrator"
            })
    void refusesRootInEverySpellingEvenWhereNamesAreAllowed(String user) throws Exception {
        assertThat(judge("{nonRoot: true}", user).passed()).isFalse();
        assertThat(judge("{nonRoot: true, allow: [named-user]}", user).passed()).isFalse();
    }

    /** A name may stand for user 0 in the image's own list of users. */
    @ParameterizedTest
    @ValueSource(strings = {"app", "nonroot:nonroot", "0x0", "1e3"})
    void believesANameOnlyWhereThePolicySaysSo(String user) throws Exception {
        Verdict verdict = judge("{nonRoot: true}", user);
        assertThat(verdict.passed()).isFalse();
        assertThat(Given.item(verdict, "user").reason()).contains("allow: [named-user]");
        assertThat(judge("{nonRoot: true, allow: [named-user]}", user).passed()).isTrue();
    }

    /** To an engine such a number is a name, and the image's own list of users may give that name to root. */
    @ParameterizedTest
    @ValueSource(strings = {"1000 ", " 1000", "1000\t", "1000\n", " 1000:1000", "1000 :1000", "\u20031000"})
    void takesANumberWithASpaceForTheNameThatItIs(String user) throws Exception {
        Verdict verdict = judge("{nonRoot: true, allow: [named-user]}", user);
        assertThat(verdict.passed()).isFalse();
        assertThat(Given.item(verdict, "user").reason()).contains("space around it");
        assertThat(judge("{nonRoot: true}", user).passed()).isFalse();
    }

    private static Verdict judge(String rule, String user) throws Exception {
        Candidate candidate =
                Given.candidate(Given.image("linux/amd64", user, Map.of(), List.of(Given.digest("base"))));
        return Given.policy("- user: " + rule).judge(candidate, Given.NOW);
    }
}
