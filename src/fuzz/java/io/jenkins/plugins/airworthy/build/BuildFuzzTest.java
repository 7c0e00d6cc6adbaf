package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** What people write to have an image built. */
public final class BuildFuzzTest {
    @TestFactory
    Stream<DynamicTest> everyWordIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.ofText("image-path", text -> {
                            ImagePath read = ImagePath.parse(text);
                            hold(
                                    read.text().equals(text) && !("/" + text + "/").contains("/../"),
                                    "another path than written");
                            hold(!text.contains("/.wh."), "an order to delete a file");
                        })
                        .names("is not a path in an image")
                        .seeds("/app/lib/app.jar", "/", "/a b")
                        .words("/", "//", "..", "/.", ".wh.", ".wh..wh..opq", "\\"),
                Target.ofText("file-copy", text -> {
                            FileCopy read = FileCopy.parse(text);
                            hold(read.fileMode() <= 0777, "a mode beyond permissions");
                            hold(
                                    text.startsWith(read.from().toString())
                                            || text.contains("//")
                                            || text.contains("/:"),
                                    "another file than written");
                        })
                        .names("'")
                        .seeds("target/app.jar:/app/app.jar,mode=0755,owner=1000:1000", "a:/b/", "C:/x:/y")
                        .words(
                                ":/",
                                ",mode=",
                                ",owner=",
                                "4755",
                                "0755",
                                "1000:1000",
                                "4294967295:0",
                                ",",
                                "/..",
                                "\0"),
                Target.ofText(
                                "owner",
                                text -> hold(Owner.parse(text).toString().length() <= text.length(), "another owner"))
                        .names("is not an owner")
                        .seeds("0:0", "1000:1000", "4294967294:4294967294")
                        .words(":", "4294967295", "-", "+", "0x"),
                Target.ofText("named-value", text -> NamedValues.parse("--env", List.of(text.split("\n", -1))))
                        .names("--env")
                        .seeds("A=b\nC=d=e", "PATH=")
                        .words("=", "\n", "A"),
                Target.ofText("port", text -> {
                            String port = RequestRules.canonicalPort(text);
                            hold(RequestRules.canonicalPort(port).equals(port), "another port when it is read again");
                        })
                        .names("is not a port")
                        .seeds("8080", "53/udp", "65535/sctp")
                        .words("/", "/tcp", "65536", "0"));
    }
}
