package io.jenkins.plugins.airworthy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Shows the product at work: good images are promoted, and bad ones are refused, each for its own reason. Everything is
 * kept in OCI layout folders below {@code target/demo}; no server and no network is used. Ends with status 1 when anything
 * turns out other than expected.
 */
public final class Demo {
    private static final Path STAGING_FOLDER = Path.of("target/demo/staging/shop");
    private static final String STAGING = "oci:target/demo/staging/shop";
    private static final Path OTHER_FOLDER = Path.of("target/demo/other/shop");
    private static final String OTHER = "oci:target/demo/other/shop";
    private static final String PRODUCTION = "oci:target/demo/production/shop";
    private static final String RELEASE = "target/demo/keys/release";
    private static final String STRANGER = "target/demo/keys/stranger";
    private static final String FIXED = "2.25.4";
    private static final String VULNERABLE = "2.14.1";

    private final Story story = new Story();
    private final Scans scans;
    private final Path policies;

    private Demo(Scans scans) throws IOException {
        this.scans = scans;
        this.policies = scans.policies();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Workplace.clean();
        Workplace.requireLibraries();
        boolean asExpected = new Demo(Scans.prepare()).tell();
        if (!asExpected) {
            System.exit(1);
        }
    }

    private boolean tell() throws IOException, InterruptedException {
        prepare();
        unsigned();
        stranger();
        good();
        changed();
        vulnerable();
        waived();
        adopted();
        return story.end();
    }

    private void prepare() throws IOException, InterruptedException {
        story.chapter("Two keys and a base image");
        story.say(
                "A key that the policy trusts, and one that it does not. Their password is taken from the environment:"
                        + "\n$ export AIRWORTHY_KEY_PASSWORD=" + Shell.ENVIRONMENT.get("AIRWORTHY_KEY_PASSWORD"));
        story.run("key", "generate", "--output", RELEASE);
        story.run("key", "generate", "--output", STRANGER);
        story.say("A base image from scratch: what makes an image a Debian 12 to a scanner, and no programs.");
        story.run("build", "--base", "scratch", "--file", "src/demo/base:/", "--to", "oci:target/demo/base:12");
    }

    private void unsigned() throws IOException, InterruptedException {
        story.chapter("An unsigned image is refused");
        story.say(
                "Built, tested and scanned; the signed result of each step is attached to the image. Nobody signed the image"
                        + " itself.");
        build("1.0", FIXED);
        test("1.0");
        scan("1.0", "good");
        promote("An unsigned image is refused", 1, "1.0", "demo.yaml", "FAILED   signature", "nothing was written");
    }

    private void stranger() throws IOException, InterruptedException {
        story.chapter("An image that a stranger signed is refused");
        story.say("Now it is signed, but by a key that the policy does not name.");
        story.run("sign", STAGING + ":1.0", "--key", STRANGER + ".key");
        promote(
                "An image signed by a stranger is refused",
                1,
                "1.0",
                "demo.yaml",
                "FAILED   signature",
                "not believed",
                "nothing was written");
    }

    private void good() throws IOException, InterruptedException {
        story.chapter("A good image is promoted");
        story.say(
                "Signed by the key that the policy names, the same image passes. The gate reads everything again, verifies"
                        + " it,\ncopies the image and the evidence that decided, adds a signed summary, and moves the tag last.");
        story.run("sign", STAGING + ":1.0", "--key", RELEASE + ".key");
        promote("The good image is promoted", 0, "1.0", "demo.yaml", "promoted");
        story.say("What came along, seen from the target. The stranger's signature decided nothing and stayed behind.");
        story.run("evidence", PRODUCTION + ":1.0", "--trust", "release=" + RELEASE + ".pub");
    }

    private void changed() throws IOException, InterruptedException {
        story.chapter("An image that was changed after signing is refused");
        story.say(
                "A copy of 1.0 is tagged 1.1, its start command changed behind everybody's back, and the old evidence hung onto"
                        + " the result:");
        Tampering.changeEntrypoint(STAGING_FOLDER, "1.0", "1.1");
        promote(
                "An image changed after signing is refused",
                1,
                "1.1",
                "demo.yaml",
                "FAILED   signature",
                "nothing was written");
    }

    private void vulnerable() throws IOException, InterruptedException {
        story.chapter("A vulnerable image is refused");
        story.say("The same application with log4j-core " + VULNERABLE
                + ": signed and complete, and still no way through.");
        build("1.2", VULNERABLE);
        test("1.2");
        scan("1.2", "vulnerable");
        story.run("sign", STAGING + ":1.2", "--key", RELEASE + ".key");
        promote(
                "A vulnerable image is refused, with the CVEs named",
                1,
                "1.2",
                "demo.yaml",
                "CVE-2021-44228",
                "CVE-2021-45046");
    }

    private void waived() throws IOException, InterruptedException {
        story.chapter("A waiver lets through what it names, and nothing else");
        story.say("With a waiver for CVE-2021-44228 alone, that one is waived and CVE-2021-45046 still denies:");
        promote(
                "A waiver for one of two CVEs waives that one only",
                1,
                "1.2",
                "demo-one-waiver.yaml",
                "1 vulnerability is denied: CVE-2021-45046",
                "1 waived: CVE-2021-44228");
        story.say("With a waiver for each, the image passes; the verdict shows both waivers:");
        promote(
                "With a waiver for each CVE the image is promoted",
                0,
                "1.2",
                "demo-two-waivers.yaml",
                "2 waived: CVE-2021-44228",
                "CVE-2021-45046",
                "promoted");
    }

    private void adopted() throws IOException, InterruptedException {
        story.chapter("An image of another builder");
        story.say(
                "Another program built this one. It left an image without evidence, and a file that says its digest:");
        OtherBuilder.build(STAGING_FOLDER, "1.0", OTHER_FOLDER, "1.3", Path.of("target/demo/other/digest"));
        promoteFrom(
                OTHER,
                "An image of another builder is refused as it is",
                1,
                "1.3",
                "demo-adopted.yaml",
                "FAILED   provenance",
                "nothing was written");
        story.say(
                "It is adopted: the provenance says by whom, and not how the image was built. The rest is as for any image.");
        story.run("adopt", OTHER + ":1.3", "--digest-file", "target/demo/other/digest", "--key", RELEASE + ".key");
        test(OTHER, "1.3");
        scan(OTHER, OTHER_FOLDER, "1.3", "good");
        story.run("sign", OTHER + ":1.3", "--key", RELEASE + ".key");
        promoteFrom(
                OTHER,
                "Adopted, tested, scanned and signed it is promoted, since the policy accepts adopted images",
                0,
                "1.3",
                "demo-adopted.yaml",
                "adopted by",
                "promoted");
    }

    private void build(String tag, String log4j) throws IOException, InterruptedException {
        Workplace.Command command = new Workplace.Command("build", "--base", "oci:target/demo/base:12")
                .with("--file", "src/demo/app/Shop.java:/app/Shop.java")
                .with("--file", "target/demo/lib/log4j-api-" + log4j + ".jar:/app/lib/log4j-api.jar")
                .with("--file", "target/demo/lib/log4j-core-" + log4j + ".jar:/app/lib/log4j-core.jar")
                .with("--entrypoint", "java", "--entrypoint", "--class-path", "--entrypoint", "/app/lib/*")
                .with("--entrypoint", "/app/Shop.java", "--user", "65532")
                .with("--to", STAGING + ":" + tag, "--key", RELEASE + ".key");
        story.run(command.words());
    }

    private void test(String tag) throws IOException, InterruptedException {
        test(STAGING, tag);
    }

    private void test(String from, String tag) throws IOException, InterruptedException {
        story.run("test", from + ":" + tag, "--structure", "src/demo/structure.yaml", "--key", RELEASE + ".key");
    }

    private void scan(String tag, String image) throws IOException, InterruptedException {
        scan(STAGING, STAGING_FOLDER, tag, image);
    }

    private void scan(String from, Path folder, String tag, String image) throws IOException, InterruptedException {
        Workplace.Command command = new Workplace.Command("scan", from + ":" + tag)
                .with(scans.options(image))
                .with("--key", RELEASE + ".key");
        story.run(command.words());
        Path report = Scans.report(image);
        boolean same = Files.exists(report) && Files.readString(report).contains(Workplace.digest(folder, tag));
        story.check("the digest is the one in " + report + ", made elsewhere", same);
    }

    private void promote(String claim, int status, String tag, String policy, String... named)
            throws IOException, InterruptedException {
        promoteFrom(STAGING, claim, status, tag, policy, named);
    }

    private void promoteFrom(String from, String claim, int status, String tag, String policy, String... named)
            throws IOException, InterruptedException {
        story.show(
                claim,
                status,
                List.of(named),
                "promote",
                from + ":" + tag,
                PRODUCTION + ":" + tag,
                "--policy",
                policies.resolve(policy).toString().replace('\\', '/'),
                "--trust",
                "release=" + RELEASE + ".pub",
                "--key",
                RELEASE + ".key");
        boolean there = Files.exists(Path.of("target/demo/production/shop/index.json"))
                && Files.readString(Path.of("target/demo/production/shop/index.json"))
                        .contains("\"" + tag + "\"");
        story.check("tag " + tag + " at the target: " + (there ? "there" : "absent"), there == (status == 0));
    }
}
