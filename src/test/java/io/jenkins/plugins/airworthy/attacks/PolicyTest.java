package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.cli.Session;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.jenkins.config.Policies;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 9: policies that require less than their reader believes. */
class PolicyTest extends Attack {
    private static final String SCAN_RULE =
            "    - vulnerabilities: {maxAge: 24h, databaseMaxAge: 48h, deny: [CRITICAL, HIGH]}\n";
    private static final String SECRETS_RULE = "    - secrets: {maximum: 0}\n";

    @Test
    void refusesPolicyWithEmptyChecklist() throws Exception {
        String all = document();
        changePolicy(all.substring(all.indexOf("  checklist:\n")), "  checklist: []\n");
        assertInvalid("production.yaml:10:14: the list is empty");
    }

    @Test
    void refusesPolicyWithoutChecklist() throws Exception {
        String all = document();
        changePolicy(all.substring(all.indexOf("  checklist:\n")), "");
        assertInvalid("production.yaml:5:3: ", "'checklist'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "- user: {nonRoot: true} | - usr: {nonRoot: true}              | production.yaml:18:7: | 'usr'",
                "- user: {nonRoot: true} | - approvals: {minimum: 1}           | production.yaml:18:7: | 'approvals'",
                "threshold: 1            | treshold: 1                         | production.yaml:11:19: | 'treshold'",
                "deny: [CRITICAL, HIGH]  | deny: [CRITCAL, HIGH]               | production.yaml:16:66: | CRITCAL",
                "mode: enforce           | mode: enfroce                       | production.yaml:5:9: | enfroce",
                "maximum: 0              | maximum: 0, maximum: 9              | production.yaml:17:29: | 'maximum' occurs twice",
                "maxAge: 24h             | maxAge: 24                          | production.yaml:16:33: | expected a text, found 24",
                "- user: {nonRoot: true} | - user: {nonRoot: true              | production.yaml: | ",
                "expires: 2027-06-30     | expires: 2027-06-30, mode: audit    | production.yaml:6: | ",
                "kind: Policy            | kind: Permission                    | production.yaml:2:7: | Permission",
                "airworthy/v1            | airworthy/v9                        | production.yaml:1:13: | airworthy/v9"
            })
    void refusesPolicyWithSlipInACheck(String right, String wrong, String where, String what) throws Exception {
        changePolicy(right, wrong);
        assertInvalid(where, what == null ? "" : what);
    }

    @Test
    void refusesMissingPolicyFile() throws Exception {
        Path missing = folder.resolve("production.yaml");
        Path key = Files.writeString(
                folder.resolve("release.pub"), release.publicKey().pem());
        List<String> before = published();
        Session.Ended ended = new Session()
                .run(
                        "promote",
                        staged().toString(),
                        target().toString(),
                        "--policy",
                        missing.toString(),
                        "--trust",
                        "release=" + key);
        assertUntouched(before);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("--policy: there is no file " + missing);
        assertThat(ended.out()).doesNotContain("passed");
    }

    @Test
    void refusesPolicyThatLeavesARuleOutSilently() throws Exception {
        changePolicy(SCAN_RULE, "");
        assertInvalid("production.yaml:", "'vulnerabilities'", "without");
    }

    /** Then every reader of the verdict sees it. */
    @Test
    void showsInTheReportThatARuleIsSwitchedOff() throws Exception {
        stageWithout(Piece.SCAN);
        changePolicy(SECRETS_RULE, "");
        changePolicy(SCAN_RULE, "");
        changePolicy(
                "  checklist:\n",
                "  without: [{rule: vulnerabilities, reason: the scanner is being moved}]\n  checklist:\n");
        Promotion promotion = promote();
        assertThat(promotion).isInstanceOf(Promotion.Promoted.class);
        assertThat(told(promotion.judged())).contains("vulnerabilities: by the policy: the scanner is being moved");
        assertThat(promotion.judged().toJson().toString()).contains("the scanner is being moved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lax", "Production", "production ", "none", "apiVersion: airworthy/v1"})
    void refusesPolicyThatIsNotOfferedToTheJob(String name) {
        PolicyEntry lax = new PolicyEntry("lax", "");
        lax.setJobs(List.of("board"));
        Policies policies = new Policies(List.of(new PolicyEntry("production", ""), lax));
        assertThatThrownBy(() -> policies.offered(name, "shop/cart"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the policy '" + name + "' is not offered to the job shop/cart; it may use [production]");
        assertThatThrownBy(() -> policies.offered(name, "boardroom/cart")).hasMessageContaining("is not offered");
    }

    @Test
    void givesJobThePolicyThatItIsOffered() throws Exception {
        PolicyEntry production = new PolicyEntry("production", document());
        production.setJobs(List.of("shop"));
        Policies policies = new Policies(List.of(production));
        assertThat(policies.offered("production", "shop/cart").policy().digest())
                .isEqualTo(policy().digest());
        assertThat(policies.offered(null, "shop/cart").getName()).isEqualTo("production");
    }
}
