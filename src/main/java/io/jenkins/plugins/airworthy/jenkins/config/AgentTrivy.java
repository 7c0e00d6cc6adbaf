package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.scan.TrivyExecutable;
import io.jenkins.plugins.airworthy.scan.TrivyServer;
import io.jenkins.plugins.airworthy.scan.TrivySettings;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The path and settings with which one agent runs Trivy; made on the controller, used on the agent.
 *
 * @param path of the program, or of the folder that holds it, on the agent
 * @param cache folder of Trivy's databases on the agent
 * @param server address of a Trivy server; empty for none
 * @param token of that server; empty for none
 * @param seconds that one image may take
 */
public record AgentTrivy(String path, String cache, boolean offline, String server, String token, long seconds)
        implements Serializable {

    /** On the agent: checks that the program is there. Proxies and authorities come from the agent's own environment, not the job's. */
    public TrivySettings settings() throws AirworthyException {
        Path named = Path.of(path);
        Path program = Files.isDirectory(named)
                ? named.resolve(java.io.File.separatorChar == '\\' ? "trivy.exe" : "trivy")
                : named;
        Optional<TrivyServer> remote = server.isEmpty()
                ? Optional.empty()
                : Optional.of(TrivyServer.of(server, Optional.of(token).filter(t -> !t.isEmpty())));
        return new TrivySettings(
                TrivyExecutable.at(program),
                Path.of(cache),
                offline,
                remote,
                TrivySettings.network(System.getenv()),
                Duration.ofSeconds(seconds));
    }

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "Trivy at " + path + (server.isEmpty() ? "" : " with the server " + server);
    }
}
