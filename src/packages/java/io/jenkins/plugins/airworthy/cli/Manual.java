package io.jenkins.plugins.airworthy.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Manual pages in the macros of man(7): one about the program, one about each command. */
final class Manual {
    private static final Pattern ENTRY = Pattern.compile("^ {2}(\\S+(?:, \\S+)*) {2,}(\\S.*)$");

    private final String version;
    private final String day;

    /** @param day of the release, {@code 2026-11-23} */
    Manual(String version, String day) {
        this.version = version;
        this.day = day;
    }

    /** The page about the program, of the words of its help. */
    String overview(List<PackagedCommand> commands, String help) {
        StringBuilder description = new StringBuilder(".SH DESCRIPTION\n");
        StringBuilder sections = new StringBuilder(".SH COMMANDS\n");
        commands.forEach(command -> sections.append(".TP\n.BR ")
                .append(escaped(command.page()))
                .append(" (1)\n")
                .append(line(command.summary())));
        for (String block : help.strip().split("\\R{2,}", -1)) {
            List<String> lines = block.lines().toList();
            String first = lines.get(0);
            if (first.startsWith("Usage:") || first.equals("Commands:")) {
                continue;
            }
            if (first.endsWith(":")) {
                section(first.substring(0, first.length() - 1), lines.subList(1, lines.size()), sections);
            } else {
                description.append(".PP\n");
                lines.forEach(line -> description.append(line(line)));
            }
        }
        return head("airworthy", "build, test, scan, sign and promote container images")
                + ".SH SYNOPSIS\n.B airworthy\n.I COMMAND\n.RI [ OPTIONS ]\n"
                + description
                + sections;
    }

    private static void section(String heading, List<String> lines, StringBuilder page) {
        page.append(".SH ").append(heading.toUpperCase(Locale.ROOT)).append('\n');
        for (String text : lines) {
            Matcher entry = ENTRY.matcher(text);
            if (entry.matches()) {
                page.append(".TP\n.B ").append(escaped(entry.group(1))).append('\n');
                page.append(line(entry.group(2)));
            } else {
                page.append(line(text.strip()));
            }
        }
    }

    /** A page that is kept as a file: it is about a program that is no command. */
    String filled(String template) {
        return template.replace("@DAY@", day).replace("@VERSION@", version);
    }

    String of(PackagedCommand command) {
        StringBuilder page = new StringBuilder(head(command.page(), command.summary()));
        page.append(".SH SYNOPSIS\n.B airworthy ")
                .append(escaped(command.words()))
                .append("\n.RI [ OPTIONS ]\n");
        command.options().stream().filter(Argument::isRequired).forEach(option -> page.append(".B ")
                .append(escaped(option.names().get(0)))
                .append("\n.I ")
                .append(escaped(option.label()))
                .append('\n'));
        command.arguments().forEach(argument -> page.append(".I ")
                .append(escaped(argument.label()))
                .append(argument.isRepeatable() ? "...\n" : "\n"));
        page.append(".SH DESCRIPTION\n").append(line(command.summary()));
        page.append(".SH OPTIONS\n");
        command.arguments().forEach(argument -> page.append(".TP\n.I ")
                .append(escaped(argument.label()))
                .append('\n')
                .append(line(argument.description())));
        for (Argument option : command.options()) {
            page.append(".TP\n\\fB")
                    .append(escaped(String.join(", ", option.names())))
                    .append("\\fR");
            if (option.takesValue()) {
                page.append(" \\fI").append(escaped(option.label())).append("\\fR");
            }
            page.append('\n').append(line(option.description()));
        }
        page.append(".SH EXAMPLES\n.nf\n");
        command.examples().forEach(example -> page.append(line(example.replaceFirst("^ {2}", ""))));
        return page.append(".fi\n.SH SEE ALSO\n.BR airworthy (1)\n").toString();
    }

    private String head(String name, String summary) {
        return ".TH " + escaped(name.toUpperCase(Locale.ROOT)) + " 1 " + day + " \"airworthy " + version
                + "\" \"User Commands\"\n.SH NAME\n" + escaped(name) + " \\- "
                + escaped(summary.replaceFirst("\\.$", "")) + "\n.nh\n.ad l\n";
    }

    /** One line of text, which no macro is. */
    private static String line(String text) {
        String escaped = escaped(text);
        return (escaped.startsWith(".") ? "\\&" : "") + escaped + "\n";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\(rs")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
    }
}
