package io.jenkins.plugins.airworthy.testing.junit;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How many tests of a report Jenkins' JUnit plugin would call passed, failed and skipped, by its rules: suites nest below
 * the root, a suite's own error is a failed test, and of a test only the children {@code error}, {@code failure} and
 * {@code skipped} count, the last before the others.
 */
final class JenkinsCounts {
    private int passed;
    private int failed;
    private int skipped;

    private JenkinsCounts() {}

    /** In the words of {@link io.jenkins.plugins.airworthy.testing.TestReport#counts}. */
    static String of(String report) throws Exception {
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)));
        JenkinsCounts counts = new JenkinsCounts();
        counts.suite(document.getDocumentElement());
        List<String> words = new ArrayList<>();
        add(words, counts.passed, "passed");
        add(words, counts.failed, "failed");
        add(words, counts.skipped, "skipped");
        return String.join(", ", words);
    }

    private static void add(List<String> words, int count, String word) {
        if (count > 0) {
            words.add(count + " " + word);
        }
    }

    private void suite(Element suite) {
        children(suite, "testsuite").forEach(this::suite);
        if (!children(suite, "error").isEmpty()) {
            failed++;
        }
        for (Element test : children(suite, "testcase")) {
            if (!children(test, "skipped").isEmpty()) {
                skipped++;
            } else if (!children(test, "error").isEmpty()
                    || !children(test, "failure").isEmpty()) {
                failed++;
            } else {
                passed++;
            }
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getNodeName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
