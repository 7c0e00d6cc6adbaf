package io.jenkins.plugins.airworthy.image.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One entry of the list at a {@link SharedTag}.
 *
 * @param key equal for entries of which one is enough
 * @param json the entry as it was read, with members that are not understood
 */
public record TagEntry(Object key, JsonNode json) {}
