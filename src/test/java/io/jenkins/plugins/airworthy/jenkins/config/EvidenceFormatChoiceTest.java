package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.SigstoreInstance;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each registry has the format that the administrator chose for it, and nothing else changes the usual one. */
class EvidenceFormatChoiceTest {
    private static Registries registries() {
        RegistryEntry old = new RegistryEntry("old.example.com:5000");
        old.setLegacyEvidence(true);
        return new Registries(List.of(new RegistryEntry("registry.example.com"), old), new LayoutFolders(List.of()));
    }

    private static EvidenceFormat of(String image) throws Exception {
        return registries().evidenceFormat(ImageReference.parse(image));
    }

    @Test
    void isTheOlderOneOnlyWhereTheAdministratorSaysSo() throws Exception {
        assertThat(of("old.example.com:5000/app:1")).isEqualTo(EvidenceFormat.LEGACY);
        assertThat(of("registry.example.com/app:1")).isEqualTo(EvidenceFormat.BUNDLE);
        assertThat(of("old.example.com/app:1")).isEqualTo(EvidenceFormat.BUNDLE);
        assertThat(of("oci:old.example.com:1")).isEqualTo(EvidenceFormat.BUNDLE);
    }

    /** Said before a token is asked for, and before another key of the same run has signed. */
    @Test
    void refusesAnIdentityForTheOlderOne() {
        assertThatThrownBy(() -> OfferedKeys.identity("ci", KeyRole.IMAGE)
                        .signer(null, EvidenceFormat.LEGACY, new SigstoreInstance()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Sign with a key, or write bundles");
    }
}
