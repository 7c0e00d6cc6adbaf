package io.jenkins.plugins.airworthy.test.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.test.TestCase;

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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads one report as a stream of elements. Refuses document type definitions, entities, elements where none of their kind
 * belongs, and suites whose declared counts are not those of their elements.
 */
final class JUnitReportReader {
    /** How deep elements may nest. */
    static final int MAX_DEPTH = 32;

    /** How many characters an attribute that is read may have. */
    static final int MAX_ATTRIBUTE_LENGTH = 8 * 1024;

    private static final Set<String> OUTPUT = Set.of("system-out", "system-err", "stackTrace");
    private static final Set<String> OUTCOMES =
            Set.of("failure", "error", "skipped", "rerunFailure", "rerunError", "flakyFailure", "flakyError");
    private static final Map<String, Set<String>> CHILDREN = Map.ofEntries(
            Map.entry("", Set.of("testsuites", "testsuite")),
            Map.entry("testsuites", Set.of("testsuite", "properties", "system-out", "system-err")),
            Map.entry("testsuite", Set.of("testsuite", "testcase", "properties", "system-out", "system-err")),
            Map.entry(
                    "testcase",
                    Set.of(
                            "failure",
                            "error",
                            "skipped",
                            "rerunFailure",
                            "rerunError",
                            "flakyFailure",
                            "flakyError",
                            "properties",
                            "system-out",
                            "system-err")),
            Map.entry("properties", Set.of("property")),
            Map.entry("rerunFailure", OUTPUT),
            Map.entry("rerunError", OUTPUT),
            Map.entry("flakyFailure", OUTPUT),
            Map.entry("flakyError", OUTPUT));

    private final String file;
    private final Optional<Instant> notBefore;
    private final XMLStreamReader xml;
    private final Deque<String> open = new ArrayDeque<>();
    private final Deque<SuiteCounts> suites = new ArrayDeque<>();
    private final List<TestCase> cases = new ArrayList<>();
    private Optional<JUnitCase> test = Optional.empty();

    private JUnitReportReader(XMLStreamReader xml, String file, Optional<Instant> notBefore) {
        this.xml = xml;
        this.file = file;
        this.notBefore = notBefore;
    }

    /** The tests of a report, in their order. */
    static List<TestCase> read(byte[] bytes, String file, Optional<Instant> notBefore) throws InvalidInputException {
        ReportEncoding.require(bytes, file);
        // The JDK's own: what else is on the class path may not have these switches.
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
                case XMLStreamConstants.DTD -> throw error("a document type definition is refused");
                case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.ENTITY_DECLARATION ->
                    throw error("an entity is refused");
                case XMLStreamConstants.START_ELEMENT -> begin(xml.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> end(open.pop());
                default -> {
                    // Text, comments and the like say nothing about an outcome.
                }
            }
        }
        return List.copyOf(cases);
    }

    private void begin(String element) throws InvalidInputException {
        String parent = open.isEmpty() ? "" : open.peek();
        boolean foreign =
                xml.getNamespaceURI() != null && !xml.getNamespaceURI().isEmpty();
        if (foreign || !CHILDREN.getOrDefault(parent, Set.of()).contains(element)) {
            throw error(
                    parent.isEmpty()
                            ? "is no JUnit report: it begins with '" + element + "'"
                            : "'" + element + "' does not belong into '" + parent + "'");
        }
        open.push(element);
        if (open.size() > MAX_DEPTH) {
            throw error("elements nest deeper than " + MAX_DEPTH);
        }
        if (element.equals("testsuite") || element.equals("testsuites")) {
            refuseOldTimestamp();
            suites.push(new SuiteCounts(count("tests"), count("failures"), count("errors"), count("skipped")));
        } else if (element.equals("testcase")) {
            test = Optional.of(new JUnitCase(
                    attribute("classname"), attribute("name"), List.of(attribute("status"), attribute("result"))));
        } else if (OUTCOMES.contains(element) && test.isPresent()) {
            test.get().outcome(element);
        }
    }

    private void end(String element) throws InvalidInputException {
        if (element.equals("testcase")) {
            JUnitCase done = test.orElseThrow();
            test = Optional.empty();
            suites.getFirst().add(done);
            cases.add(done.toTestCase(file));
            if (cases.size() > TestResult.MAX_TESTS) {
                throw error("holds more than the allowed " + TestResult.MAX_TESTS + " tests");
            }
        } else if (element.equals("testsuite") || element.equals("testsuites")) {
            SuiteCounts done = suites.pop();
            Optional<String> contradiction = done.contradiction();
            if (contradiction.isPresent()) {
                throw error("the suite " + contradiction.get() + "; the report is incomplete or was changed");
            }
            if (!suites.isEmpty()) {
                suites.getFirst().add(done);
            }
        }
    }

    private void refuseOldTimestamp() throws InvalidInputException {
        Optional<Instant> latest = ReportTimestamp.latest(attribute("timestamp"));
        if (latest.isPresent() && notBefore.isPresent() && latest.get().isBefore(notBefore.get())) {
            throw error("is a report of " + attribute("timestamp") + ", before this build began at " + notBefore.get()
                    + "; delete the reports of older builds first");
        }
    }

    private OptionalInt count(String attribute) throws InvalidInputException {
        String value = attribute(attribute);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw error(attribute + "=\"" + value + "\" is no count");
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    private String attribute(String name) throws InvalidInputException {
        String value = xml.getAttributeValue(null, name);
        if (value == null) {
            return "";
        }
        if (value.length() > MAX_ATTRIBUTE_LENGTH) {
            throw error("the attribute '" + name + "' has more than " + MAX_ATTRIBUTE_LENGTH + " characters");
        }
        return value;
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
