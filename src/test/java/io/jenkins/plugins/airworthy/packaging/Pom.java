package io.jenkins.plugins.airworthy.packaging;

import org.w3c.dom.Element;
import org.xml.sax.SAXException;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a project file itself says, with its properties filled in; nothing that it inherits or imports. */
final class Pom {
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    private final Element root;
    private final Map<String, String> properties = new HashMap<>();

    private Pom(Element root) {
        this.root = root;
        children(root, "properties")
                .flatMap(all -> children(all, "*"))
                .forEach(one -> properties.put(one.getTagName(), one.getTextContent()));
        properties.put("project.artifactId", value("artifactId"));
    }

    static Pom read(Path file) throws IOException {
        try {
            return new Pom(DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement());
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The text of an element below the root, such as {@code licenses/license/name}; empty when it is not said. */
    String value(String path) {
        return text(root, path);
    }

    String property(String name) {
        return filled(properties.getOrDefault(name, ""));
    }

    /** What the project itself depends on, in the file's order. */
    List<Dependency> dependencies() {
        List<Dependency> all = new ArrayList<>();
        children(root, "dependencies")
                .flatMap(one -> children(one, "dependency"))
                .forEach(one -> all.add(new Dependency(
                        text(one, "groupId") + ":" + text(one, "artifactId"),
                        text(one, "version"),
                        text(one, "scope"),
                        text(one, "optional").equals("true"))));
        return all;
    }

    private String text(Element from, String path) {
        Stream<Element> found = Stream.of(from);
        for (String name : path.split("/", -1)) {
            found = found.flatMap(one -> children(one, name));
        }
        return found.findFirst()
                .map(Element::getTextContent)
                .map(String::strip)
                .map(this::filled)
                .orElse("");
    }

    private String filled(String text) {
        String result = text;
        for (Matcher found = PROPERTY.matcher(result); found.find(); found = PROPERTY.matcher(result)) {
            String value = properties.get(found.group(1));
            if (value == null) {
                return result;
            }
            result = result.replace(found.group(), value);
        }
        return result;
    }

    private static Stream<Element> children(Element parent, String name) {
        List<Element> all = new ArrayList<>();
        for (org.w3c.dom.Node one = parent.getFirstChild(); one != null; one = one.getNextSibling()) {
            if (one instanceof Element element
                    && (name.equals("*") || element.getTagName().equals(name))) {
                all.add(element);
            }
        }
        return all.stream();
    }

    /** @param version empty when the file leaves it to another */
    record Dependency(String name, String version, String scope, boolean optional) {}
}
