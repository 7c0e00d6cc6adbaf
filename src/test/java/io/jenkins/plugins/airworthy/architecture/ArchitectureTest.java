package io.jenkins.plugins.airworthy.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.sign.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.TrustedKey;
import io.jenkins.plugins.airworthy.sign.VerificationKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** The arrows between the rooms of the house, as docs/architecture.md draws them. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.airworthy";
    private static final String JENKINS = ROOT + ".jenkins";
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(location -> location.contains("/target/classes/"))
                .importPackages(ROOT);
    }

    @Test
    void arrowsGoOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("root")
                .definedBy(ROOT)
                .layer("document")
                .definedBy(ROOT + ".document..")
                .layer("image")
                .definedBy(ROOT + ".image..")
                .layer("evidence")
                .definedBy(ROOT + ".evidence..")
                .layer("build")
                .definedBy(ROOT + ".build..")
                .layer("test")
                .definedBy(ROOT + ".test..")
                .layer("scan")
                .definedBy(ROOT + ".scan..")
                .layer("sign")
                .definedBy(ROOT + ".sign..")
                .layer("policy")
                .definedBy(ROOT + ".policy..")
                .layer("gate")
                .definedBy(ROOT + ".gate..")
                .layer("cli")
                .definedBy(ROOT + ".cli..")
                .layer("jenkins")
                .definedBy(ROOT + ".jenkins..")
                .whereLayer("root")
                .mayNotAccessAnyLayer()
                .whereLayer("document")
                .mayOnlyAccessLayers("root")
                .whereLayer("image")
                .mayOnlyAccessLayers("root", "document")
                .whereLayer("evidence")
                .mayOnlyAccessLayers("root", "document", "image")
                .whereLayer("build")
                .mayOnlyAccessLayers("root", "document", "image", "evidence")
                .whereLayer("test")
                .mayOnlyAccessLayers("root", "document", "image", "evidence")
                .whereLayer("scan")
                .mayOnlyAccessLayers("root", "document", "image", "evidence")
                .whereLayer("sign")
                .mayOnlyAccessLayers("root", "document", "image", "evidence")
                .whereLayer("policy")
                .mayOnlyAccessLayers("root", "document", "image", "evidence")
                .whereLayer("gate")
                .mayOnlyAccessLayers("root", "document", "image", "evidence", "build", "test", "scan", "sign", "policy")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("jenkins")
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void theRoomsOfTheJenkinsPluginKnowOnlyThoseBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("config")
                .definedBy(JENKINS + ".config..")
                .layer("run")
                .definedBy(JENKINS + ".run..")
                .layer("agent")
                .definedBy(JENKINS + ".agent..")
                .layer("step")
                .definedBy(JENKINS + ".step..")
                .layer("ui")
                .definedBy(JENKINS + ".ui..")
                .whereLayer("config")
                .mayNotAccessAnyLayer()
                .whereLayer("run")
                .mayOnlyAccessLayers("config")
                .whereLayer("agent")
                .mayOnlyAccessLayers("config", "run")
                .whereLayer("step")
                .mayOnlyAccessLayers("config", "run", "agent")
                .whereLayer("ui")
                .mayOnlyAccessLayers("config", "run")
                .check(classes);
    }

    /** What XStream writes to disk must be readable by a later version, and it cannot read a record back at all. */
    @Test
    void whatJenkinsPersistsIsNoRecord() {
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
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.type(VerifiedEvidence.class))));
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
