package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.List;

/** One repository of a registry, as messages, addresses and token scopes write it. */
record Repository(RegistryReference reference) {

    String name() {
        return reference.repository();
    }

    String tagged(String tag) {
        return name() + ":" + tag;
    }

    String at(Digest digest) {
        return name() + "@" + digest;
    }

    String api() {
        return "/v2/" + reference.path();
    }

    List<String> pull() {
        return List.of("repository:" + reference.path() + ":pull");
    }

    List<String> push() {
        return List.of("repository:" + reference.path() + ":pull,push");
    }

    /** Returns the scopes for removing, which is a separate right in registries. */
    List<String> delete() {
        return List.of("repository:" + reference.path() + ":pull,push,delete");
    }

    List<String> mountFrom(Repository other) {
        return List.of(push().get(0), other.pull().get(0));
    }
}
