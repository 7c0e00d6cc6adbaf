package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.policy.Scan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 7: an expression about what statements of one type say is shown a statement of another type, or an older one. */
class OtherContentTest extends Attack {
    private static final Instant LATER = NOW.minusSeconds(60);
    private static final String RULES =
            "- vulnerabilities: {maxAge: 24h, databaseMaxAge: 48h, deny: [CRITICAL, HIGH]}\n"
                    + "    - secrets: {maximum: 0}";

    @BeforeEach
    void askForTheContentOfScans() {
        changePolicy("  checklist:", "  without: [{rule: vulnerabilities, reason: an expression asks}]\n  checklist:");
        changePolicy(RULES, """
                - expression:
                        id: clean
                        cel: "predicates('%s').all(p, p.scanner.result.Results.all(r, r.Vulnerabilities.size() == 0))"
                        message: must be clean\
                """.formatted(PredicateTypes.VULNERABILITIES));
    }

    private void attachScan(String type, Instant at, ObjectNode content) throws Exception {
        attach(image, new Statement(subject(image), Optional.of(seen(at)), type, content), release);
    }

    /** Types that are judged alike decide together: the older scan does not count because the newer has another form. */
    @Test
    void refusesImageWhoseNewestScanIsOfAnotherType() throws Exception {
        attachScan(
                PredicateTypes.INTOTO_VULNERABILITIES_V0_2,
                LATER,
                Scan.of(image).json());
        assertRefused(
                "expression:clean",
                "no statement of the type " + PredicateTypes.VULNERABILITIES + " decides: the newest is of the type "
                        + PredicateTypes.INTOTO_VULNERABILITIES_V0_2);
    }

    /** A condition about every statement holds for none. */
    @Test
    void refusesImageWithoutAnyStatementOfTheType() throws Exception {
        stageWithout(Piece.SCAN);
        assertRefused("expression:clean", "no statement of the type " + PredicateTypes.VULNERABILITIES + " about");
    }

    /** Rules for these types are still to come; what an expression would read of one today may mean something else then. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://plugins.jenkins.io/airworthy/approval/v1",
                "http://PLUGINS.jenkins.io/airworthy",
                "https://plugins.jenkins.io/x/%2e%2e/airworthy/approval/v2/",
                "",
                "with blanks"
            })
    void refusesPolicyThatLooksIntoTypesOfOurOwn(String type) {
        changePolicy("predicates('" + PredicateTypes.VULNERABILITIES + "')", "predicates('" + type + "')");
        assertThatThrownBy(this::policy)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("type");
    }
}
