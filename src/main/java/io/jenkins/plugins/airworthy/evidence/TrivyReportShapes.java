package io.jenkins.plugins.airworthy.evidence;

/**
 * What is kept of Trivy's report. Nothing here quotes a file of the image: no matches of secrets, no code lines, no messages
 * of configuration checks (which quote commands), no image configuration (whose environment may hold passwords), no custom
 * resources, no licence texts.
 */
final class TrivyReportShapes {
    /** Enough to make a software bill of materials from. */
    static final ReportShape FULL = report(fullPackage());

    /** What is stored in a statement: packages shortened to name, version and package URL. */
    static final ReportShape STORED =
            report(ReportShape.of("Name", "Version").with("Identifier", ReportShape.of("PURL")));

    private TrivyReportShapes() {}

    private static ReportShape report(ReportShape packages) {
        ReportShape database = ReportShape.of("Version", "NextUpdate", "UpdatedAt", "DownloadedAt");
        return ReportShape.of("SchemaVersion", "ReportID", "CreatedAt", "ArtifactID", "ArtifactName", "ArtifactType")
                .with(
                        "Trivy",
                        ReportShape.of("Version")
                                .with("Server", ReportShape.of("Version").with("VulnerabilityDB", database)))
                .with(
                        "Metadata",
                        ReportShape.of("Size", "ImageID", "DiffIDs", "RepoTags", "RepoDigests")
                                .with("OS", ReportShape.of("Family", "Name", "EOSL", "extended")))
                .with(
                        "Results",
                        ReportShape.of("Target", "Class", "Type")
                                .with("Packages", packages)
                                .with("Vulnerabilities", vulnerability())
                                .with("MisconfSummary", ReportShape.of("Successes", "Failures"))
                                .with("Misconfigurations", misconfiguration())
                                .with("Secrets", secret())
                                .with("Licenses", licence()));
    }

    private static ReportShape vulnerability() {
        return ReportShape.of(
                        "VulnerabilityID",
                        "VendorIDs",
                        "PkgID",
                        "PkgName",
                        "PkgPath",
                        "InstalledVersion",
                        "FixedVersion",
                        "Status",
                        "SeveritySource",
                        "PrimaryURL",
                        "Fingerprint",
                        "Title",
                        "Severity",
                        "CweIDs",
                        "PublishedDate",
                        "LastModifiedDate")
                .with("PkgIdentifier", identifier())
                .with("Layer", layer())
                .with("DataSource", ReportShape.of("ID", "Name", "URL"))
                .with(
                        "CVSS",
                        ReportShape.byAnyName(
                                ReportShape.of("V2Vector", "V3Vector", "V40Vector", "V2Score", "V3Score", "V40Score")));
    }

    private static ReportShape misconfiguration() {
        return ReportShape.of("Type", "ID", "Title", "Severity", "PrimaryURL", "Status")
                .with("Layer", layer());
    }

    private static ReportShape secret() {
        return ReportShape.of("RuleID", "Category", "Severity", "Title", "StartLine", "EndLine")
                .with("Layer", layer());
    }

    private static ReportShape licence() {
        return ReportShape.of("Severity", "Category", "PkgName", "FilePath", "Name", "Confidence", "Link");
    }

    private static ReportShape fullPackage() {
        return ReportShape.of(
                        "ID",
                        "Name",
                        "Version",
                        "Release",
                        "Epoch",
                        "Arch",
                        "Dev",
                        "SrcName",
                        "SrcVersion",
                        "SrcRelease",
                        "SrcEpoch",
                        "Licenses",
                        "Maintainer",
                        "Modularitylabel",
                        "Indirect",
                        "Relationship",
                        "DependsOn",
                        "FilePath",
                        "Digest",
                        "AnalyzedBy")
                .with("Identifier", identifier())
                .with("BuildInfo", ReportShape.of("ContentSets", "Nvr", "Arch"))
                .with("Repository", ReportShape.of("Class"))
                .with("Layer", layer());
    }

    private static ReportShape identifier() {
        return ReportShape.of("UID", "PURL", "BOMRef");
    }

    private static ReportShape layer() {
        return ReportShape.of("Digest", "DiffID");
    }
}
