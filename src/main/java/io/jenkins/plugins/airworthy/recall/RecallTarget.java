package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.recall.version.VersionRange;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an entry is about. */
public sealed interface RecallTarget {
    /** The word for it in a list. */
    String kind();

    /** Images by the digest of their index, manifest or config. */
    record Digests(Set<Digest> digests) implements RecallTarget {
        public Digests {
            digests = Set.copyOf(digests);
        }

        @Override
        public String kind() {
            return "digest";
        }
    }

    /**
     * Images with layers on one another, wherever the image came from that they were first in.
     *
     * @param stacks digests of the layers' uncompressed archives, in their order; one stack for each platform of a base
     * @param base the reference of the image that they are of, for people; empty if they are of none
     */
    record Layers(List<List<Digest>> stacks, Optional<String> base) implements RecallTarget {
        public Layers {
            stacks = stacks.stream().map(List::copyOf).toList();
        }

        @Override
        public String kind() {
            return "layers";
        }
    }

    /** Images with one of these packages. */
    record Packages(List<AffectedPackage> packages) implements RecallTarget {
        public Packages {
            packages = List.copyOf(packages);
        }

        @Override
        public String kind() {
            return "packages";
        }
    }

    /**
     * Versions of a package.
     *
     * @param name without a version
     * @param versions a version in any of them is affected; empty for every version
     */
    record AffectedPackage(PackageName name, List<VersionRange> versions) {
        public AffectedPackage {
            versions = List.copyOf(versions);
        }
    }

    /**
     * Images built from a repository.
     *
     * @param commits empty for every commit
     */
    record Source(String repository, Set<String> commits) implements RecallTarget {
        public Source {
            commits = Set.copyOf(commits);
        }

        @Override
        public String kind() {
            return "source";
        }
    }

    /**
     * Images that a builder made, perhaps on one of its agents, perhaps in a time.
     *
     * @param agent the name of a Jenkins agent; empty for all
     */
    record Builder(String id, Optional<String> agent, TimeWindow window) implements RecallTarget {
        @Override
        public String kind() {
            return "builder";
        }
    }

    /**
     * Statements that are not believed any more.
     *
     * @param type their predicate type; empty for scans of the scanner
     * @param scanner the scanner's name, in lower case; empty for all
     * @param versions of the scanner
     * @param database when the scanner's database of vulnerabilities was made
     * @param window when they were made
     */
    record Evidence(
            Optional<String> type,
            Optional<String> scanner,
            Optional<VersionRange> versions,
            TimeWindow database,
            TimeWindow window)
            implements RecallTarget {
        @Override
        public String kind() {
            return "evidence";
        }
    }

    /**
     * Statements of a signer that is not believed any more.
     *
     * @param key hexadecimal SHA-256 of the key's SubjectPublicKeyInfo; empty for an identity
     * @param issuer of an identity
     * @param subject of an identity
     * @param window of an identity, when its certificate was given out
     */
    record Signer(Optional<String> key, Optional<String> issuer, Optional<String> subject, TimeWindow window)
            implements RecallTarget {
        @Override
        public String kind() {
            return "signer";
        }
    }
}
