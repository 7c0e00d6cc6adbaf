package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlScalars;
import io.jenkins.plugins.airworthy.document.YamlValue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one entry of a list. Every refusal names document, line and column. */
public final class RecallReader {
    /** The words for what an entry is about, of which it has one. */
    private static final Set<String> KINDS =
            Set.of("digest", "layers", "packages", "source", "builder", "evidence", "signer");

    private static final Set<String> MEMBERS = Stream.concat(
                    KINDS.stream(),
                    Stream.of("id", "state", "action", "story", "since", "by", "incident", "lifted", "base"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String RECALLED = "recalled";
    private static final String LIFTED = "lifted";
    private static final String BASE = "base";

    private RecallReader() {}

    public static Recall read(YamlValue entry) throws InvalidInputException {
        entry.mapOf(MEMBERS);
        RecallId id = YamlScalars.checked(entry.member("id"), RecallId::parse);
        List<String> kinds =
                entry.map().keySet().stream().filter(KINDS::contains).toList();
        if (kinds.size() != 1) {
            throw entry.error("an entry has exactly one of "
                    + String.join(", ", KINDS.stream().sorted().toList()) + ", and this one has "
                    + (kinds.isEmpty() ? "none" : String.join(" and ", kinds)));
        }
        if (entry.optional(BASE).isPresent() && !kinds.get(0).equals("layers")) {
            throw entry.member(BASE).error("only 'layers' are of a base");
        }
        return new Recall(
                id,
                TargetReader.read(kinds.get(0), entry.member(kinds.get(0)), entry.optional(BASE)),
                action(entry),
                YamlScalars.text(entry.member("story")),
                YamlScalars.instant(entry.member("since")),
                YamlScalars.text(entry.member("by")),
                text(entry, "incident"),
                lifted(entry));
    }

    private static Recall.Action action(YamlValue entry) throws InvalidInputException {
        Optional<YamlValue> written = entry.optional("action");
        return written.isEmpty()
                ? Recall.Action.PROMOTE
                : YamlScalars.word(
                        written.get(),
                        text -> List.of(Recall.Action.values()).stream()
                                .filter(action -> action.toString().equals(text))
                                .findFirst(),
                        List.of(Recall.Action.values()));
    }

    private static Optional<Recall.Lifted> lifted(YamlValue entry) throws InvalidInputException {
        YamlValue state = entry.member("state");
        boolean lifted = YamlScalars.word(state, List.of(RECALLED, LIFTED)).equals(LIFTED);
        Optional<YamlValue> written = entry.optional(LIFTED);
        if (lifted != written.isPresent()) {
            throw lifted
                    ? state.error("a lifted entry says why: add lifted: {reason: …, by: …, at: …}")
                    : written.get().error("the state of this entry is '" + RECALLED + "'");
        }
        if (written.isEmpty()) {
            return Optional.empty();
        }
        written.get().mapOf(Set.of("reason", "by", "at"));
        return Optional.of(new Recall.Lifted(
                YamlScalars.text(written.get().member("reason")),
                YamlScalars.text(written.get().member("by")),
                YamlScalars.instant(written.get().member("at"))));
    }

    static Optional<String> text(YamlValue holder, String name) throws InvalidInputException {
        Optional<YamlValue> written = holder.optional(name);
        return written.isEmpty() ? Optional.empty() : Optional.of(YamlScalars.text(written.get()));
    }
}
