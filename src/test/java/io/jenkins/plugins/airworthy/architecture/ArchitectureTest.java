package io.jenkins.plugins.airworthy.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.JsonLines;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

/** What every package may use, as docs/architecture.md draws it, and other rules for the whole of the product. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.airworthy";
    private static final String JENKINS = ROOT + ".jenkins";

    /** What can be overlooked at a glance. */
    private static final int MAX_CLASSES = 31;

    /** Large since a split would make most of their classes public. */
    private static final Set<String> LARGE = Set.of("cli", "image.registry");

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        String product = AirworthyException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        classes = new ClassFileImporter()
                .withImportOption(location -> location.contains(product))
                .importPackages(ROOT);
    }

    @Test
    void packagesUseWhatTheDrawingsAllow() throws IOException {
        Drawings drawings = Drawings.read();
        Map<Arrow, String> used = arrows();
        assertThat(used.entrySet())
                .filteredOn(arrow -> !drawings.allows(arrow.getKey()))
                .isEmpty();
        assertThat(drawings.all()).as("arrows that are drawn and not used").isSubsetOf(used.keySet());
        assertThat(drawings.all()).noneMatch(drawings::leadsBack);
    }

    @Test
    void noPackageIsTooLargeToOverlook() {
        Map<String, Long> sizes = classes.stream()
                .filter(type -> type.getEnclosingClass().isEmpty())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !LARGE.contains(room(type)))
                .collect(groupingBy(ArchitectureTest::room, TreeMap::new, counting()));
        assertThat(sizes.entrySet())
                .filteredOn(size -> size.getValue() > MAX_CLASSES)
                .isEmpty();
    }

    /** A stranger reads there what belongs to the package and what does not. */
    @Test
    void everyPackageSaysWhatBelongsThere() {
        assertThat(classes.stream().map(type -> type.getPackageName()).distinct())
                .allSatisfy(room -> assertThat(Path.of("src/main/java", room.replace('.', '/'), "package-info.java"))
                        .exists());
    }

    /** The arrows between packages, each with one use of it. */
    private static Map<Arrow, String> arrows() {
        Map<Arrow, String> arrows = new TreeMap<>();
        for (JavaClass type : classes) {
            for (Dependency use : type.getDirectDependenciesFromSelf()) {
                String to = use.getTargetClass().getBaseComponentType().getPackageName();
                if ((to + ".").startsWith(ROOT + ".") && !to.equals(type.getPackageName())) {
                    arrows.putIfAbsent(
                            Arrow.between(room(type), room(use.getTargetClass().getBaseComponentType())),
                            use.getDescription());
                }
            }
        }
        return arrows;
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(Math.min(type.getPackageName().length(), ROOT.length() + 1));
    }

    /** What XStream writes to disk must be readable by a later version, and it cannot read a record back at all. */
    @Test
    void classesThatJenkinsPersistsAreNotRecords() {
        noClasses()
                .that()
                .areAssignableTo(hudson.model.Describable.class)
                .or()
                .areAssignableTo(hudson.model.Action.class)
                .or()
                .areAssignableTo(hudson.model.Descriptor.class)
                .should()
                .beAssignableTo(Record.class)
                .check(classes);
    }

    /** Code that crosses to another JVM is named, so that a reader sees what goes there; a lambda would hide it. */
    @Test
    void callablesOfAgentsAreNamedClasses() {
        classes()
                .that()
                .areAssignableTo(jenkins.agents.ControllerToAgentCallable.class)
                .or()
                .areAssignableTo(jenkins.agents.ControllerToAgentFileCallable.class)
                .or()
                .areAssignableTo(hudson.remoting.Callable.class)
                .should()
                .resideInAPackage(JENKINS + ".agent..")
                .andShould()
                .notBeAnonymousClasses()
                .check(classes);
        noMethods().should().haveNameMatching("\\$deserializeLambda\\$").check(classes);
    }

    /** Nothing reads a Java object that another JVM wrote: an agent's answer is a text, and records are JSON. */
    @Test
    void noClassReadsSerialisedObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectInputStream.class)
                .check(classes);
    }

    @Test
    void onlyTheVerifierMakesVerifiedEvidence() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".sign..")
                .should()
                .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                JavaClass.Predicates.type(VerifiedEvidence.class))));
        rule.check(classes);
    }

    /** Verifying must start fast: BouncyCastle is for reading private keys, and for nothing on the way of a verdict. */
    @Test
    void verifyingNeedsNoBouncyCastle() {
        noClasses()
                .that()
                .belongToAnyOf(EvidenceReader.class, TrustedKey.class, VerificationKey.class)
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(classes);
    }

    /** One transport: the platform's client cannot be interrupted everywhere, and is slow. */
    @Test
    void onlyOneRoomSpeaksHttp() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".image.http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .check(classes);
    }

    /** Native code is called from one place, and only for keys in hardware. */
    @Test
    void onlyTheHardwareModuleIsNative() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".sign.pkcs11")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(classes);
    }

    /** Ended keys stay written down; only names, and the checkpoint that was seen last, are replaced. */
    @Test
    void recordsOnlyAddLines() {
        noClasses()
                .that()
                .resideInAPackage(JENKINS + ".config..")
                .and()
                .doNotHaveSimpleName("LedgerNames")
                .and()
                .doNotHaveSimpleName("ControllerLedger")
                .should()
                .callMethod(JsonLines.class, "replace", java.util.List.class)
                .check(classes);
    }

    /** Jenkins may run without them: a class that names their types is loaded only after another check that they are installed. */
    @Test
    void optionalPluginsAreKnownToFewClasses() {
        noClasses()
                .that()
                .doNotHaveSimpleName("DefinitionListener")
                .and()
                .doNotHaveSimpleName("EnclosingBranches")
                .and()
                .doNotHaveSimpleName("GitPlugin")
                .and()
                .doNotHaveSimpleName("PipelineDefinition")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson.plugins.git..",
                        "jenkins.plugins.git..",
                        "org.eclipse.jgit..",
                        "org.jenkinsci.plugins.workflow.actions..",
                        "org.jenkinsci.plugins.workflow.cps..",
                        "org.jenkinsci.plugins.workflow.flow..",
                        "org.jenkinsci.plugins.workflow.graph..",
                        "org.jenkinsci.plugins.workflow.job..")
                .check(classes);
    }

    @Test
    void rulesKnowNothingOfPoliciesAndVerdicts() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".policy.rule..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".policy")
                .check(classes);
    }

    /** The damaged inputs stand on the tests, so that these can be read without them. */
    @Test
    void noTestNeedsDamagedInputs() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readAllLines(file))
                        .as("%s", file)
                        .noneMatch(line -> line.startsWith("import io.jenkins.plugins.airworthy.fuzz."));
            }
        }
    }

    @Test
    void theEngineNeverSeesJenkins() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".jenkins..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..")
                .check(classes);
    }
}
