package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.testing.TestCase;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one report as a stream of elements. There is no specification of the format and every tool writes its own, so the
 * elements that name an outcome count wherever they occur and all others are ignored. Refuses documents that are not
 * reports of tests, and internal document type definitions.
 *
 * <p>A hostile workspace can write a false report in any form, so strictness would only exclude honest tools. A failure
 * in the report never counts as passed: neither a failed test in an unusual place, nor a count of failures without a
 * failed test.
 */
final class JUnitReportReader {
    /** Maximum nesting depth of elements. */
    static final int MAX_DEPTH = 64;

    private static final Pattern NAME_OF_A_TYPE = Pattern.compile("<!DOCTYPE\\s+[\\w.:-]+\\s*>\\s*");
    private static final Set<String> SUITES = Set.of("testsuites", "testsuite");
    private static final Set<String> OUTCOMES =
            Set.of("failure", "error", "skipped", "rerunFailure", "rerunError", "flakyFailure", "flakyError");

    private final String file;
    private final Optional<Instant> notBefore;
    private final XMLStreamReader xml;
    private final Deque<String> open = new ArrayDeque<>();
    private final Deque<JUnitSuite> suites = new ArrayDeque<>();
    private final Deque<JUnitCase> tests = new ArrayDeque<>();
    private final List<TestCase> cases = new ArrayList<>();

    private JUnitReportReader(XMLStreamReader xml, String file, Optional<Instant> notBefore) {
        this.xml = xml;
        this.file = file;
        this.notBefore = notBefore;
    }

    /** Returns the tests of a report, in the order of their end tags. Changes the bytes: see {@link ReportCharacters}. */
    static List<TestCase> read(byte[] bytes, String file, Optional<Instant> notBefore) throws InvalidInputException {
        ReportCharacters.prepare(bytes, ReportEncoding.require(bytes, file));
        // The JDK's own parser, since another one on the class path may lack these switches.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("nothing outside the report is read");
        });
        XMLStreamReader xml = null;
        try {
            xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            return new JUnitReportReader(xml, file, notBefore).read();
        } catch (XMLStreamException e) {
            String place = e.getLocation() == null
                    ? ""
                    : ":" + e.getLocation().getLineNumber() + ":"
                            + e.getLocation().getColumnNumber();
            throw new InvalidInputException(file + place + ": is not well-formed XML", e);
        } finally {
            close(xml);
        }
    }

    private List<TestCase> read() throws XMLStreamException, InvalidInputException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> refuseDefinitions(xml.getText());
                case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.ENTITY_DECLARATION ->
                    throw error("an entity is refused");
                case XMLStreamConstants.START_ELEMENT -> begin(xml.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> end(open.pop());
                default -> {
                    // Text, comments and the like contain no outcome.
                }
            }
        }
        return List.copyOf(cases);
    }

    /** Refuses a document type with definitions; a name alone defines nothing. */
    private void refuseDefinitions(String type) throws InvalidInputException {
        if (type == null || !NAME_OF_A_TYPE.matcher(type).matches()) {
            throw error("a document type definition is refused");
        }
    }

    private void begin(String element) throws InvalidInputException {
        if (open.isEmpty() && !SUITES.contains(element)) {
            throw error("is not a JUnit report: it begins with '" + element + "'");
        }
        open.push(element);
        if (open.size() > MAX_DEPTH) {
            throw error("elements nest deeper than " + MAX_DEPTH);
        }
        if (SUITES.contains(element)) {
            refuseOldTimestamp();
            suites.push(new JUnitSuite(attribute("name"), attribute("failures"), attribute("errors")));
        } else if (element.equals("testcase")) {
            tests.push(new JUnitCase(
                    attribute("classname"), attribute("name"), List.of(attribute("status"), attribute("result"))));
        } else if (!tests.isEmpty() && OUTCOMES.contains(element)) {
            tests.getFirst().outcome(element);
        } else if (element.equals("failure") || element.equals("error")) {
            // A failure outside of any test, such as a class that could not be loaded.
            add(suites.getFirst().brokenBy(element, file));
        }
    }

    private void end(String element) throws InvalidInputException {
        if (element.equals("testcase")) {
            JUnitCase done = tests.pop();
            suites.getFirst().add(done);
            add(done.toTestCase(file));
        } else if (SUITES.contains(element)) {
            JUnitSuite done = suites.pop();
            Optional<TestCase> untold = done.untoldFailure(file);
            if (untold.isPresent()) {
                add(untold.get());
            }
            if (!suites.isEmpty()) {
                suites.getFirst().add(done);
            }
        }
    }

    private void add(TestCase test) throws InvalidInputException {
        cases.add(test);
        if (cases.size() > TestResult.MAX_TESTS) {
            throw error("contains more than the allowed " + TestResult.MAX_TESTS + " tests");
        }
    }

    private void refuseOldTimestamp() throws InvalidInputException {
        Optional<Instant> latest = ReportTimestamp.latest(attribute("timestamp"));
        if (latest.isPresent() && notBefore.isPresent() && latest.get().isBefore(notBefore.get())) {
            throw error("is a report of " + attribute("timestamp") + ", before this build began at " + notBefore.get()
                    + "; delete the reports of older builds first");
        }
    }

    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private InvalidInputException error(String problem) {
        return new InvalidInputException(file + ":" + xml.getLocation().getLineNumber() + ":"
                + xml.getLocation().getColumnNumber() + ": " + problem);
    }

    private static void close(XMLStreamReader xml) throws InvalidInputException {
        try {
            if (xml != null) {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new InvalidInputException("a report could not be closed", e);
        }
    }
}
