package io.jenkins.plugins.airworthy.image.registry;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What a token is asked for: what is needed, under the names that the registry has for it. */
class TokenScopeTest {
    private static final List<String> PULL = List.of("repository:stg/a:pull");
    private static final List<String> PUSH = List.of("repository:stg/a:pull,push");

    private static List<String> widened(List<String> own, String challenged) {
        return TokenScope.widened(own, Optional.of(challenged));
    }

    @Test
    void requestsTheSameRepositoryUnderAnotherNameToo() {
        assertThat(widened(PULL, "repository:a:pull")).containsExactly(PULL.get(0), "repository:a:pull");
        assertThat(widened(PULL, "repository:tenant/stg/a:pull"))
                .containsExactly(PULL.get(0), "repository:tenant/stg/a:pull");
        assertThat(widened(PUSH, "repository:a:pull,push repository:b/stg/a:push"))
                .containsExactly(PUSH.get(0), "repository:a:pull,push", "repository:b/stg/a:push");
    }

    @Test
    void requestsNoActionThatIsNotNeeded() {
        assertThat(widened(PULL, "repository:a:pull,push,delete")).containsExactly(PULL.get(0), "repository:a:pull");
        assertThat(widened(PULL, "repository:a:*")).containsExactly(PULL.get(0), "repository:a:pull");
        assertThat(widened(PULL, "repository:a:delete")).isEqualTo(PULL);
        assertThat(widened(PULL, "repository:stg/a:pull,push")).isEqualTo(PULL);
    }

    @Test
    void requestsNothingElse() {
        assertThat(widened(PULL, "repository:other/secret:pull")).isEqualTo(PULL);
        assertThat(widened(PULL, "repository:stg/aa:pull")).isEqualTo(PULL);
        assertThat(widened(PULL, "repository:tg/a:pull")).isEqualTo(PULL);
        assertThat(widened(PULL, "registry:catalog:*")).isEqualTo(PULL);
        assertThat(widened(PULL, "aws")).isEqualTo(PULL);
        assertThat(widened(PULL, "")).isEqualTo(PULL);
        assertThat(TokenScope.widened(PULL, Optional.empty())).isEqualTo(PULL);
        assertThat(widened(List.of(), "repository:a:pull")).isEmpty();
    }
}
