package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A value of a YAML document with the place where it stands. The reader of a value says which type it expects; a plain
 * scalar that YAML 1.1 and 1.2 read differently ({@code no}, {@code 010}, {@code 1:30}, {@code 1_000}) is refused
 * everywhere until it is quoted, and {@code true}, {@code null} or {@code 12} is no text unless quoted.
 */
public final class YamlValue {
    private static final Pattern AMBIGUOUS = Pattern.compile(
            "(?i:yes|no|on|off|y|n)|[+-]?0[0-7_]+|0[xXoObB][0-9a-fA-F_]+"
                    + "|[+-]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?|[+-]?[0-9][0-9]*_[0-9_]*|[+-]?\\.(?i:inf|nan)|=|<<");
    private static final Pattern OTHER_TYPE = Pattern.compile(
            "(?i:true|false|null)|~||[+-]?[0-9]+|[+-]?[0-9]+\\.[0-9]*([eE][+-]?[0-9]+)?|[+-]?\\.[0-9]+");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final Resolver RESOLVER = new Resolver();

    private final String what;
    private final Node node;

    private YamlValue(String what, Node node) {
        this.what = what;
        this.node = node;
    }

    static YamlValue of(String what, Node node) throws InvalidInputException {
        YamlValue value = new YamlValue(what, node);
        value.refuseHiddenMeaning();
        if (node instanceof MappingNode) {
            for (YamlValue child : value.map().values()) {
                of(what, child.node);
            }
        } else if (node instanceof SequenceNode) {
            for (YamlValue child : value.list()) {
                of(what, child.node);
            }
        }
        return value;
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether nothing was written, or {@code null} or {@code ~}. */
    public boolean isNull() {
        return isPlain() && Set.of("", "~", "null", "Null", "NULL").contains(scalar());
    }

    /** The members in their order. */
    public Map<String, YamlValue> map() throws InvalidInputException {
        if (!(node instanceof MappingNode mapping)) {
            throw error("expected a map, found " + kind());
        }
        Map<String, YamlValue> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlValue key = new YamlValue(what, tuple.getKeyNode());
            key.refuseHiddenMeaning();
            String name = key.text();
            if (members.put(name, new YamlValue(what, tuple.getValueNode())) != null) {
                throw key.error("'" + name + "' occurs twice");
            }
        }
        return Collections.unmodifiableMap(members);
    }

    /** The members in their order, refusing every one that is not in {@code known}. */
    public Map<String, YamlValue> mapOf(Set<String> known) throws InvalidInputException {
        Map<String, YamlValue> members = map();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            YamlValue key = new YamlValue(what, tuple.getKeyNode());
            if (!known.contains(key.text())) {
                throw key.error("unknown key '" + key.text() + "', expected one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return members;
    }

    /** A member that must be there. */
    public YamlValue member(String name) throws InvalidInputException {
        return optional(name).orElseThrow(() -> error("'" + name + "' is missing"));
    }

    /** A member that may be absent; one written as null is refused, since it says nothing. */
    public Optional<YamlValue> optional(String name) throws InvalidInputException {
        YamlValue value = map().get(name);
        if (value != null && value.isNull()) {
            throw value.error("'" + name + "' has no value");
        }
        return Optional.ofNullable(value);
    }

    public List<YamlValue> list() throws InvalidInputException {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("expected a list, found " + kind());
        }
        List<YamlValue> values = new ArrayList<>();
        for (Node child : sequence.getValue()) {
            values.add(new YamlValue(what, child));
        }
        return List.copyOf(values);
    }

    /** The texts of a list. */
    public List<String> texts() throws InvalidInputException {
        List<String> texts = new ArrayList<>();
        for (YamlValue value : list()) {
            texts.add(value.text());
        }
        return List.copyOf(texts);
    }

    /** A text; one that looks like a number, a truth value or null must be quoted. */
    public String text() throws InvalidInputException {
        requireScalar("a text");
        if (isPlain() && OTHER_TYPE.matcher(scalar()).matches()) {
            throw error("expected a text, found "
                    + (isNull() ? "nothing" : scalar() + "; quote it if it is meant as text"));
        }
        return scalar();
    }

    /** A scalar exactly as it was written, for values such as ports where quoted and unquoted mean the same. */
    public String raw() throws InvalidInputException {
        requireScalar("a value");
        return scalar();
    }

    /** A whole number that is not negative, written in decimal without quotes. */
    public long count() throws InvalidInputException {
        requireScalar("a whole number");
        if (!isPlain() || !WHOLE_NUMBER.matcher(scalar()).matches()) {
            throw error("expected a whole number that is not negative, found '" + scalar() + "'");
        }
        return Long.parseLong(scalar());
    }

    /** {@code true} or {@code false}, without quotes. */
    public boolean truth() throws InvalidInputException {
        requireScalar("true or false");
        if (isPlain() && scalar().equals("true")) {
            return true;
        }
        if (isPlain() && scalar().equals("false")) {
            return false;
        }
        throw error("expected true or false, found '" + scalar() + "'");
    }

    /** The line of the document, from 1. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** The column of the document, from 1. */
    public int column() {
        return node.getStartMark().getColumn() + 1;
    }

    /** The failure to throw for this value; it names document, line and column. */
    public InvalidInputException error(String problem) {
        return new InvalidInputException(what + ":" + line() + ":" + column() + ": " + problem);
    }

    /**
     * The failure to throw for a place inside this text, both counted from 1. The column is exact for a text on one line;
     * inside a block it is counted from the block's own indentation.
     */
    public InvalidInputException errorAt(int lineInText, int columnInText, String problem) {
        ScalarStyle style = node instanceof ScalarNode scalar ? scalar.getScalarStyle() : ScalarStyle.PLAIN;
        boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        int firstLine = block ? line() + 1 : line();
        int firstColumn = block ? 1 : style == ScalarStyle.PLAIN ? column() : column() + 1;
        int column = lineInText == 1 ? firstColumn + columnInText - 1 : columnInText;
        return new InvalidInputException(what + ":" + (firstLine + lineInText - 1) + ":" + column + ": " + problem);
    }

    private void refuseHiddenMeaning() throws InvalidInputException {
        if (node.getAnchor() != null) {
            throw error("anchors and aliases are not allowed; write the value out");
        }
        if (node instanceof ScalarNode) {
            if (isPlain() && AMBIGUOUS.matcher(scalar()).matches()) {
                throw error("'" + scalar()
                        + "' means different things in YAML 1.1 and 1.2; quote it if it is meant as text");
            }
        }
        if (!node.getTag().equals(untagged())) {
            throw error("tags are not allowed");
        }
    }

    /** The tag that this value has when nobody writes one. */
    private Tag untagged() {
        if (node instanceof ScalarNode) {
            return isPlain() ? RESOLVER.resolve(NodeId.scalar, scalar(), true) : Tag.STR;
        }
        return node instanceof MappingNode ? Tag.MAP : Tag.SEQ;
    }

    private void requireScalar(String expected) throws InvalidInputException {
        if (!(node instanceof ScalarNode)) {
            throw error("expected " + expected + ", found " + kind());
        }
    }

    private boolean isPlain() {
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private String scalar() {
        return ((ScalarNode) node).getValue();
    }

    private String kind() {
        return node instanceof MappingNode ? "a map" : node instanceof SequenceNode ? "a list" : "'" + scalar() + "'";
    }
}
