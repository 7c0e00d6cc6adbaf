package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.gate.RecallLists;
import io.jenkins.plugins.airworthy.recall.Recall;
import io.jenkins.plugins.airworthy.recall.RecallEntries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A list that a command reads: a file, in which nothing is verified, or a published list.
 *
 * @param published empty for a file
 */
record RecallList(String name, Optional<RecallLists> published) {
    /** A file if there is one of this name, else a reference. */
    static RecallList of(String name, RecallOptions options, CommandEnvironment environment) throws AirworthyException {
        return isFile(name)
                ? new RecallList(name, Optional.empty())
                : new RecallList(name, Optional.of(options.of(name, environment)));
    }

    static boolean isFile(String name) throws AirworthyException {
        return !name.startsWith("oci:")
                && Files.isRegularFile(InputFile.of("LIST", name).path());
    }

    DocumentHead read(RegistryOptions registries, CommandEnvironment environment, RecallLists.Reader reader)
            throws AirworthyException, InterruptedException {
        if (published.isPresent()) {
            return published
                    .get()
                    .read(
                            published.get().sources().get(0),
                            registries.stores(environment),
                            environment.clock().instant(),
                            reader);
        }
        Path path = Path.of(name);
        try (RecallEntries entries = RecallEntries.open(Files.newInputStream(path), name)) {
            for (Optional<Recall> next = entries.next(); next.isPresent(); next = entries.next()) {
                reader.read(next.get());
            }
            return entries.head();
        } catch (IOException e) {
            throw new UndecidedException(name + ": could not be read", e);
        }
    }
}
