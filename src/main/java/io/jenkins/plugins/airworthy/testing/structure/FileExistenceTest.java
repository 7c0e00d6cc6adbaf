package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.testing.files.ImageFile;
import io.jenkins.plugins.airworthy.testing.files.Lookup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a file exists, with owner and permissions, or does not exist. A symbolic link at the end of the path is not
 * followed. Refuses permissions in another form than Go's, since they could never match.
 */
record FileExistenceTest(
        String name,
        String path,
        boolean shouldExist,
        Optional<String> permissions,
        Optional<Long> uid,
        Optional<Long> gid,
        Optional<ExecutableBy> executableBy)
        implements StructureTest {
    private static final String PERMISSIONS = "(-|[dalTLDpSugct]{1,4})([r-][w-][x-]){3}";

    /** Selects the executable bits that are checked. */
    enum ExecutableBy {
        ANY(0111),
        OWNER(0100),
        GROUP(0010),
        OTHER(0001);

        private final int bits;

        ExecutableBy(int bits) {
            this.bits = bits;
        }
    }

    private static final Map<String, ExecutableBy> EXECUTABLE_BY = Map.of(
            "any", ExecutableBy.ANY,
            "owner", ExecutableBy.OWNER,
            "group", ExecutableBy.GROUP,
            "other", ExecutableBy.OTHER);

    static FileExistenceTest read(YamlValue test) throws InvalidInputException {
        test.mapOf(Set.of("name", "path", "shouldExist", "permissions", "uid", "gid", "isExecutableBy"));
        Optional<YamlValue> shouldExist = test.optional("shouldExist");
        boolean exists = shouldExist.isEmpty() || shouldExist.get().truth();
        for (String detail : List.of("permissions", "uid", "gid", "isExecutableBy")) {
            Optional<YamlValue> value = test.optional(detail);
            if (!exists && value.isPresent()) {
                throw value.get().error("'" + detail + "' of a file that should not exist would never be tested");
            }
        }
        Optional<YamlValue> permissions = test.optional("permissions");
        if (permissions.isPresent() && !permissions.get().text().matches(PERMISSIONS)) {
            throw permissions
                    .get()
                    .error("'" + permissions.get().text() + "' can never match: expected for example -rw-r--r--,"
                            + " drwxr-xr-x, or urwxr-xr-x for set-user-id and dtrwxrwxrwx for a sticky directory");
        }
        Optional<YamlValue> executable = test.optional("isExecutableBy");
        Optional<ExecutableBy> executableBy = Optional.empty();
        if (executable.isPresent()) {
            executableBy =
                    Optional.ofNullable(EXECUTABLE_BY.get(executable.get().text()));
            if (executableBy.isEmpty()) {
                throw executable.get().error("expected any, owner, group or other");
            }
        }
        return new FileExistenceTest(
                StructureTestFile.required(test, "name"),
                StructureTestFile.required(test, "path"),
                exists,
                permissions.isEmpty()
                        ? Optional.empty()
                        : Optional.of(permissions.get().text()),
                id(test.optional("uid")),
                id(test.optional("gid")),
                executableBy);
    }

    @Override
    public String title() {
        return "File Existence Test: " + name;
    }

    @Override
    public void check(TestedImage image, Findings findings, MatchBudget budget) {
        Optional<String> expanded = image.environment().expand(path, findings);
        if (expanded.isEmpty()) {
            return;
        }
        Lookup lookup = image.files().find(expanded.get());
        if (lookup instanceof Lookup.Unreachable unreachable) {
            findings.fail(expanded.get() + ": " + unreachable.reason());
        } else if (lookup instanceof Lookup.Absent absent && shouldExist) {
            findings.fail(expanded.get() + " should exist but does not: " + absent.reason());
        } else if (lookup instanceof Lookup.Found found) {
            if (shouldExist) {
                checkDetails(found.file(), findings);
            } else {
                findings.fail(expanded.get() + " should not exist but does");
            }
        }
    }

    private void checkDetails(ImageFile file, Findings findings) {
        boolean details = permissions.isPresent() || uid.isPresent() || gid.isPresent() || executableBy.isPresent();
        if (details && file.dispute().isPresent()) {
            findings.fail(path + ": owner and permissions are uncertain: "
                    + file.dispute().get());
        }
        if (permissions.isPresent() && !permissions.get().equals(file.permissions())) {
            findings.fail(path + " has the permissions " + file.permissions() + ", expected " + permissions.get());
        }
        if (uid.isPresent() && uid.get() != file.uid()) {
            findings.fail(path + " belongs to the user " + file.uid() + ", expected " + uid.get());
        }
        if (gid.isPresent() && gid.get() != file.gid()) {
            findings.fail(path + " belongs to the group " + file.gid() + ", expected " + gid.get());
        }
        if (executableBy.isPresent() && (file.mode() & executableBy.get().bits) == 0) {
            String who = executableBy.get() == ExecutableBy.ANY ? "anyone" : "its " + word(executableBy.get());
            findings.fail(path + " is not executable by " + who + ": " + file.permissions());
        }
    }

    private static String word(ExecutableBy who) {
        return switch (who) {
            case ANY -> "any";
            case OWNER -> "owner";
            case GROUP -> "group";
            case OTHER -> "others";
        };
    }

    private static Optional<Long> id(Optional<YamlValue> value) throws InvalidInputException {
        return value.isEmpty() ? Optional.empty() : Optional.of(value.get().count());
    }
}
