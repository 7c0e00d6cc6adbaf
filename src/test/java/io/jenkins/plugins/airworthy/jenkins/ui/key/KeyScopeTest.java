package io.jenkins.plugins.airworthy.jenkins.ui.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyScopeTest {
    @Test
    void readsAForm() throws InvalidInputException {
        KeyScope scope = KeyScope.of(
                List.of("IMAGE", "SCAN"), " team/shop \r\n\r\n", "reg.example.com/team/**\n", List.of("REPLAYED"));

        assertThat(scope.roles()).containsExactly(KeyRole.IMAGE, KeyRole.SCAN);
        assertThat(scope.folders()).containsExactly("team/shop");
        assertThat(scope.images()).containsExactly("reg.example.com/team/**");
        assertThat(scope.accepts()).containsExactly(RunKind.REPLAYED);
    }

    @Test
    void keepsARoleThatTheFormCannotTick() throws InvalidInputException {
        KeyEntry key = new KeyEntry("release");
        key.setRoles(List.of(KeyRole.APPROVAL, KeyRole.SBOM));

        KeyScope.of(List.of("IMAGE"), "", "", List.of()).applyTo(key);

        assertThat(key.getRoles()).containsExactly(KeyRole.IMAGE, KeyRole.APPROVAL);
    }

    @Test
    void refusesAnUnknownRole() {
        assertThatThrownBy(() -> KeyScope.of(List.of("image"), "", "", List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not one of the choices");
    }

    @Test
    void refusesANameThatNoJobHasAndAPatternThatNoPolicyWouldAccept() {
        assertThatThrownBy(() -> KeyScope.of(List.of(), "team/*", "", List.of()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> KeyScope.of(List.of(), "", "**", List.of())).isInstanceOf(InvalidInputException.class);
    }
}
