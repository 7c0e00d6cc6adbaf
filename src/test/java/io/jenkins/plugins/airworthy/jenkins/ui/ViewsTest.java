package io.jenkins.plugins.airworthy.jenkins.ui;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules for every view of the plugin. */
class ViewsTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    /** Tags that put out what they are given without escaping it. */
    private static final Set<String> UNESCAPED = Set.of("j:out", "f:description");

    private static final Pattern LITERAL_COLOUR = Pattern.compile(
            "#[0-9a-fA-F]{3,8}\\b|\\b(?:rgb|rgba|hsl|hsla|oklch)\\(|:\\s*(?:red|green|white|black|grey|gray|blue|orange)\\b");

    /** Words that the expressions of views have for themselves: after a point they are no name. */
    private static final Pattern RESERVED = Pattern.compile(
            "\\$\\{[^}]*\\.(?:and|div|else|empty|eq|false|foreach|ge|gt|if|le|lt|mod|ne|new|not|null|or|size|true|while)\\b");

    static Stream<Path> views() throws IOException {
        return files(".jelly");
    }

    private static Stream<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }

    @Test
    void thereAreViews() throws IOException {
        assertThat(views()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("views")
    void escapesByDefault(Path view) throws IOException {
        assertThat(Files.readString(view)).startsWith("<?jelly escape-by-default='true'?>\n");
    }

    @ParameterizedTest
    @MethodSource("views")
    void worksWithAContentSecurityPolicy(Path view) throws Exception {
        for (Element element : elements(view)) {
            String tag = element.getTagName().toLowerCase(Locale.ROOT);
            assertThat(tag).as("%s: inline style", view).isNotEqualTo("style");
            if (tag.equals("script")) {
                assertThat(element.getAttribute("src"))
                        .as("%s: inline script", view)
                        .isNotEmpty();
            }
            for (String attribute : attributes(element)) {
                assertThat(attribute).as("%s: %s", view, tag).isNotEqualTo("style");
                assertThat(attribute).as("%s: %s", view, tag).doesNotStartWith("on");
            }
            assertThat(element.getAttribute("href")).as("%s: %s", view, tag).doesNotStartWith("javascript:");
            if (element.hasAttribute("checkUrl")) {
                assertThat(element.hasAttribute("checkDependsOn"))
                        .as("%s: a checkUrl without checkDependsOn is run as a script", view)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void putsNothingOutUnescaped(Path view) throws Exception {
        assertThat(elements(view)).extracting(Element::getTagName).doesNotContainAnyElementsOf(UNESCAPED);
    }

    @ParameterizedTest
    @MethodSource("views")
    void hasExpressionsThatCanBeRead(Path view) throws IOException {
        assertThat(Files.readString(view)).doesNotContainPattern(RESERVED);
    }

    /** A search asks the page that it is on, so that its result has an address; everything else is sent with POST. */
    @ParameterizedTest
    @MethodSource("views")
    void changesNothingByAGet(Path view) throws Exception {
        for (Element element : elements(view)) {
            if (element.getTagName().equals("form") || element.getTagName().equals("f:form")) {
                boolean search = element.getAttribute("action").equals(".");
                assertThat(element.getAttribute("method")).as("%s", view).isEqualTo(search ? "get" : "post");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void labelsEveryFieldOfItsOwn(Path view) throws Exception {
        List<Element> elements = elements(view);
        List<String> labelled = elements.stream()
                .filter(element -> element.getTagName().equals("label"))
                .map(element -> element.getAttribute("for"))
                .toList();
        for (Element element : elements) {
            boolean field = Set.of("input", "textarea", "select").contains(element.getTagName())
                    && !element.getAttribute("type").equals("hidden");
            if (field) {
                assertThat(labelled)
                        .as("%s: %s", view, element.getAttribute("name"))
                        .contains(element.getAttribute("id"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void givesEveryTableACaptionAndItsHeadersAScope(Path view) throws Exception {
        for (Element element : elements(view)) {
            if (element.getTagName().equals("table")) {
                assertThat(element.getElementsByTagName("caption").getLength())
                        .as("%s", view)
                        .isOne();
            }
            if (element.getTagName().equals("th")) {
                assertThat(element.getAttribute("scope")).as("%s", view).isIn("row", "col");
            }
        }
    }

    @Test
    void leavesColoursToThemes() throws IOException {
        for (Path sheet : files(".css").toList()) {
            assertThat(Files.readString(sheet)).as("%s", sheet).doesNotContainPattern(LITERAL_COLOUR);
        }
    }

    @Test
    void evaluatesNoTextAsAScript() throws IOException {
        for (Path script : files(".js").toList()) {
            assertThat(Files.readString(script))
                    .as("%s", script)
                    .doesNotContain("eval(")
                    .doesNotContain("new Function")
                    .doesNotContain("document.write");
        }
    }

    private static List<Element> elements(Path view) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder().parse(view.toFile());
        NodeList all = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    private static List<String> attributes(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            names.add(attributes.item(i).getNodeName().toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
