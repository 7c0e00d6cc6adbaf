package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.HastyStores;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** An attack whose gate accesses both repositories as a registry that the attack controls. */
abstract class ServedAttack extends Attack {
    static final String MANIFEST = "GET /v2/staging/cart/manifests/v1.0";

    ServedRegistry registry;

    /** Everything is accessed as a registry; only the test itself looks at the folders behind it. */
    @Override
    String place(String stage) {
        try {
            if (registry == null) {
                registry = new ServedRegistry(folder).start();
            }
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return registry.host() + "/" + stage;
    }

    @Override
    ImageStore open(ImageReference reference) throws AirworthyException {
        return LayoutStore.open((LayoutReference)
                ImageReference.parse("oci:" + folder.resolve(((RegistryReference) reference).path())));
    }

    @BeforeEach
    void speakHttp() throws Exception {
        stores = HastyStores.of(settings());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    RegistrySettings settings() throws AirworthyException {
        return RegistrySettings.of(registry.host());
    }

    /** Every request that begins so, each time it is tried. */
    void answers(String beginning, Function<MockResponse, MockResponse> change) {
        registry.trouble = (request, answer) -> call(request).startsWith(beginning) ? change.apply(answer) : answer;
    }

    /** The same, and the registry does nothing of what is asked. */
    void refuses(Predicate<String> calls, int status) {
        registry.before =
                (call, request) -> calls.test(call) ? Optional.of(ServedRegistry.status(status)) : Optional.empty();
    }

    static String call(RecordedRequest request) {
        return request.getMethod() + " " + request.getTarget();
    }
}
