package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.gate.cases.PolicyCases;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * Verdicts as results of tests, in the XML of JUnit: a suite for each image, a case for each item of the checklist, and a last case
 * for the verdict as a whole. Untrusted text cannot leave its place, and characters that XML cannot have are shown as U+FFFD.
 */
final class JUnitText {
    /** Maximum number of findings written for one item. */
    static final int MAX_DETAILS = 200;

    private static final String PROGRAM = "airworthy";

    private final XMLStreamWriter xml;

    private JUnitText(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(List<CheckedImage> images) {
        return document(writer -> {
            for (CheckedImage image : images) {
                if (image instanceof CheckedImage.Decided decided) {
                    writer.suite(decided);
                } else if (image instanceof CheckedImage.Undecided undecided) {
                    writer.error(undecided.name(), undecided.status(), undecided.reason());
                }
            }
        });
    }

    /** The cases of a policy's tests, in one suite: a case without a verdict is an error, and one with another verdict a failure. */
    static String ofCases(String policy, List<PolicyCases.Result> results) {
        return document(writer -> writer.cases(policy, results));
    }

    /** The document of a run that ended without an answer. */
    static String failure(ExitStatus status, String message) {
        return document(writer -> writer.error(PROGRAM, status, message));
    }

    @FunctionalInterface
    private interface Content {
        void write(JUnitText writer) throws XMLStreamException;
    }

    private static String document(Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", PROGRAM);
            content.write(new JUnitText(xml));
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text can always be written as XML", e);
        }
        return text.toString();
    }

    private void suite(CheckedImage.Decided image) throws XMLStreamException {
        List<Check> checks = image.checks();
        long skipped = count(checks, Status.NOT_APPLICABLE) + count(checks, Status.WARNED);
        begin(image.name(), checks.size(), count(checks, Status.FAILED), 0, skipped);
        attribute("timestamp", image.verdict().evaluatedAt().toString());
        for (Check check : checks) {
            testCase(image.verdict().policyName(), check.name());
            switch (check.status()) {
                case FAILED -> element("failure", "refused", check.reason(), check.details());
                case NOT_APPLICABLE, WARNED -> {
                    xml.writeStartElement("skipped");
                    attribute("message", check.reason());
                    xml.writeEndElement();
                }
                case PASSED, WAIVED -> {
                    xml.writeStartElement("system-out");
                    xml.writeCharacters(visible((check.status() == Status.WAIVED ? "waived: " : "") + check.reason()));
                    xml.writeEndElement();
                }
            }
            xml.writeEndElement();
        }
        end();
    }

    private void cases(String policy, List<PolicyCases.Result> results) throws XMLStreamException {
        long errors =
                results.stream().filter(result -> result.failure().isPresent()).count();
        long good = results.stream().filter(PolicyCases.Result::isAsExpected).count();
        begin(policy, results.size(), results.size() - good - errors, errors, 0);
        for (PolicyCases.Result result : results) {
            testCase(policy, result.name());
            if (!result.isAsExpected()) {
                element(
                        result.failure().isPresent() ? "error" : "failure",
                        result.failure().isPresent() ? "undecided" : "differs",
                        result.difference(),
                        result.differences());
            }
            xml.writeEndElement();
        }
        end();
    }

    private void error(String name, ExitStatus status, String message) throws XMLStreamException {
        begin(name, 1, 0, 1, 0);
        testCase(PROGRAM, Check.VERDICT);
        element(
                "error",
                status == ExitStatus.INTERRUPTED ? "interrupted" : "exit status " + status.code(),
                message,
                List.of());
        xml.writeEndElement();
        end();
    }

    private void begin(String name, long tests, long failures, long errors, long skipped) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("tests", Long.toString(tests));
        attribute("failures", Long.toString(failures));
        attribute("errors", Long.toString(errors));
        attribute("skipped", Long.toString(skipped));
    }

    private void end() throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private void testCase(String group, String name) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute("classname", group);
        attribute("name", name);
    }

    private void element(String name, String type, String reason, List<String> details) throws XMLStreamException {
        xml.writeStartElement(name);
        attribute("message", reason);
        attribute("type", type);
        for (String detail : details.subList(0, Math.min(MAX_DETAILS, details.size()))) {
            xml.writeCharacters(visible(detail) + "\n");
        }
        if (details.size() > MAX_DETAILS) {
            xml.writeCharacters("and " + (details.size() - MAX_DETAILS) + " more");
        }
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, visible(value));
    }

    /** Without control and direction characters, and without the two others that XML 1.0 cannot have (section 2.2). */
    private static String visible(String text) {
        return AirworthyException.oneLine(text).replace('\uFFFE', '\uFFFD').replace('\uFFFF', '\uFFFD');
    }

    private static long count(List<Check> checks, Status status) {
        return checks.stream().filter(check -> check.status() == status).count();
    }
}
