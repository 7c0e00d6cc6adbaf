package io.jenkins.plugins.airworthy.jenkins.run.origin;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the settings of a git checkout say of its source, read from the form in which Jenkins saves them. Whoever may configure
 * a job writes them, so only plain ones are believed: with several remotes, a refspec that renames, or a merge before the build,
 * "origin/main" may be anything.
 *
 * @param repository in the form of {@link SourceUrl}
 * @param remote the name that the repository has in the workspace
 * @param branches as they are configured
 */
public record GitSettings(String repository, String remote, List<String> branches) {
    static final String GIT = "hudson.plugins.git.GitSCM";

    private static final String DEFAULT_REMOTE = "origin";
    private static final Pattern REFSPEC = Pattern.compile("\\+?refs/heads/([^:]+):refs/remotes/([^/:]+)/([^:]+)");
    private static final Pattern TAG_REFSPEC = Pattern.compile("\\+?refs/tags/([^:]+):refs/tags/([^:]+)");
    private static final Pattern SIMPLE_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    /** Extensions that choose neither another revision nor other content than the repository has at it. */
    private static final Set<String> HARMLESS = Set.of(
            "hudson.plugins.git.extensions.impl.AuthorInChangelog",
            "hudson.plugins.git.extensions.impl.BuildSingleRevisionOnly",
            "hudson.plugins.git.extensions.impl.ChangelogToBranch",
            "hudson.plugins.git.extensions.impl.CheckoutOption",
            "hudson.plugins.git.extensions.impl.CleanBeforeCheckout",
            "hudson.plugins.git.extensions.impl.CleanCheckout",
            "hudson.plugins.git.extensions.impl.CloneOption",
            "hudson.plugins.git.extensions.impl.DisableRemotePoll",
            "hudson.plugins.git.extensions.impl.FirstBuildChangelog",
            "hudson.plugins.git.extensions.impl.GitLFSPull",
            "hudson.plugins.git.extensions.impl.IgnoreNotifyCommit",
            "hudson.plugins.git.extensions.impl.LocalBranch",
            "hudson.plugins.git.extensions.impl.MessageExclusion",
            "hudson.plugins.git.extensions.impl.PathRestriction",
            "hudson.plugins.git.extensions.impl.PruneStaleBranch",
            "hudson.plugins.git.extensions.impl.PruneStaleTag",
            "hudson.plugins.git.extensions.impl.RelativeTargetDirectory",
            "hudson.plugins.git.extensions.impl.ScmName",
            "hudson.plugins.git.extensions.impl.SparseCheckoutPaths",
            "hudson.plugins.git.extensions.impl.SubmoduleOption",
            "hudson.plugins.git.extensions.impl.UserExclusion",
            "hudson.plugins.git.extensions.impl.UserIdentity",
            "hudson.plugins.git.extensions.impl.WipeWorkspace",
            "jenkins.plugins.git.GitSCMSourceDefaults");

    private static final String CHOOSER = "hudson.plugins.git.extensions.impl.BuildChooserSetting";
    private static final String ONE_REVISION = "jenkins.plugins.git.AbstractGitSCMSource$SpecificRevisionBuildChooser";

    public GitSettings {
        branches = List.copyOf(branches);
    }

    /** Why settings are not believed. */
    public static final class NotPlainException extends Exception {
        private static final long serialVersionUID = 1;

        NotPlainException(String why) {
            super(why);
        }
    }

    /**
     * Reads settings.
     *
     * @param xml as Jenkins saves them
     */
    public static GitSettings read(String xml) throws NotPlainException {
        Element scm = parse(xml).getDocumentElement();
        if (!typeOf(scm).equals(GIT)) {
            throw new NotPlainException("its source control is none that tells a revision in a way that is understood");
        }
        List<Element> remotes =
                child(scm, "userRemoteConfigs").map(GitSettings::children).orElse(List.of());
        if (remotes.size() != 1) {
            throw new NotPlainException("it is fetched from " + remotes.size() + " repositories");
        }
        String name = text(remotes.get(0), "name");
        String remote = name.isEmpty() ? DEFAULT_REMOTE : name;
        if (!SIMPLE_NAME.matcher(remote).matches()) {
            throw new NotPlainException("its remote has an unusual name");
        }
        for (String refspec : text(remotes.get(0), "refspec").split("\\s+", -1)) {
            requireSameNames(refspec, remote);
        }
        for (Element extension :
                child(scm, "extensions").map(GitSettings::children).orElse(List.of())) {
            requireHarmless(extension);
        }
        String repository = SourceUrl.of(text(remotes.get(0), "url"))
                .orElseThrow(() -> new NotPlainException("its repository is no plain URL"));
        List<String> branches = new ArrayList<>();
        for (Element branch : child(scm, "branches").map(GitSettings::children).orElse(List.of())) {
            branches.add(text(branch, "name"));
        }
        return new GitSettings(repository, remote, branches);
    }

    /** Whether every run of these settings takes the same branch or tag, whatever its parameters and environment are. */
    public boolean isSteady() {
        return branches.size() == 1
                && branches.get(0)
                        .replaceFirst("^\\*/", "")
                        .chars()
                        .noneMatch(c -> c == '$' || c == '*' || c == '?' || c == ':' || Character.isWhitespace(c))
                && !branches.get(0).isBlank();
    }

    /** The ref for what git calls a branch in the workspace, such as {@code origin/main}; {@code HEAD} when there is none. */
    public String ref(Optional<String> branch) {
        String tracking = remote + "/";
        return branch.filter(name -> name.startsWith(tracking) && name.length() > tracking.length())
                .map(name -> "refs/heads/" + name.substring(tracking.length()))
                .or(() -> branch.filter(name -> name.startsWith("refs/tags/")))
                .orElse(SourceRevision.NO_REF);
    }

    private static void requireSameNames(String refspec, String remote) throws NotPlainException {
        Matcher heads = REFSPEC.matcher(refspec);
        Matcher tags = TAG_REFSPEC.matcher(refspec);
        boolean same = refspec.isEmpty()
                || (heads.matches()
                        && heads.group(2).equals(remote)
                        && heads.group(1).equals(heads.group(3)))
                || (tags.matches() && tags.group(1).equals(tags.group(2)));
        if (!same) {
            throw new NotPlainException("its refspec gives branches other names than the repository does");
        }
    }

    private static void requireHarmless(Element extension) throws NotPlainException {
        String type = typeOf(extension);
        boolean oneRevision = type.equals(CHOOSER)
                && child(extension, "buildChooser")
                        .filter(chooser -> chooser.getAttribute("class").equals(ONE_REVISION))
                        .isPresent();
        if (!HARMLESS.contains(type) && !oneRevision) {
            throw new NotPlainException("the checkout behaviour " + type.substring(type.lastIndexOf('.') + 1)
                    + " may take something else than the repository has");
        }
    }

    /** XStream writes a name's {@code $} as {@code _-} and its {@code _} twice. */
    private static String typeOf(Element element) {
        String type = element.getAttribute("class").isEmpty() ? element.getTagName() : element.getAttribute("class");
        return type.replace("_-", "$").replace("__", "_");
    }

    private static Document parse(String xml) throws NotPlainException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // the platform's own prints what strangers wrote
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new NotPlainException("the settings of its source control cannot be read");
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst();
    }

    private static String text(Element parent, String name) {
        return child(parent, name)
                .map(element -> element.getTextContent().trim())
                .orElse("");
    }
}
