package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Every kind of key, in both formats, in both directions, on an image, an index and each of its platforms, with the real
 * cosign on both kinds of registries. What held is the table in docs/formats.md.
 */
class CosignMatrixIT {
    private static final int THREADS = 3;

    @TempDir
    private static Path servers;

    private static RegistryServer distribution;
    private static RegistryServer withReferrers;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        distribution = RegistryServer.distribution(Files.createDirectory(servers.resolve("distribution")));
        withReferrers = RegistryServer.withReferrersApi(Files.createDirectory(servers.resolve("referrers")));
    }

    @AfterAll
    static void stop() {
        // Where a registry is missing the class is skipped, and this still runs.
        for (RegistryServer server : new RegistryServer[] {distribution, withReferrers}) {
            if (server != null) {
                server.close();
            }
        }
    }

    private static List<String> hosts() {
        return List.of(distribution.host(), withReferrers.host());
    }

    @Test
    void everyKindOfKeyInBothDirectionsAndFormats() throws Exception {
        Cosign cosign = Cosign.in(folder);
        List<Callable<List<String>>> rows = new ArrayList<>();
        for (MatrixKey key : MatrixKey.all(cosign)) {
            rows.add(() -> new MatrixRow(cosign, key).cells(hosts()));
        }
        List<List<String>> table = inParallel(rows);
        table.add(0, MatrixRow.HEADING);
        table.add(MatrixKey.refused(cosign));
        TestedTable.KEYS.check(table);
    }

    @Test
    void cosignsOtherCommandsTreatEvidenceAsTheTableSays() throws Exception {
        Cosign cosign = Cosign.in(folder);
        cosign.run("generate-key-pair").succeeded();
        List<List<String>> table = new ArrayList<>();
        table.add(CosignCommands.HEADING);
        for (CosignCommands.Command command : CosignCommands.Command.values()) {
            table.add(new CosignCommands(cosign).row(command, hosts()));
        }
        TestedTable.COMMANDS.check(table);
    }

    private static List<List<String>> inParallel(List<Callable<List<String>>> rows) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<List<String>> results = new ArrayList<>();
            for (Future<List<String>> row : threads.invokeAll(rows)) {
                results.add(row.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
