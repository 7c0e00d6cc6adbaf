package io.jenkins.plugins.airworthy.packaging;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who brings the classes that the archive needs and does not hold: the JDK, Jenkins' core or a plugin. */
final class Bringers {
    static final String JDK = "the JDK";
    static final String CORE = "Jenkins' core";

    /** The longest package or class name that fits decides. */
    private static final Map<String, String> BY_PREFIX = Stream.of("""
                    the JDK: java jdk/net javax/crypto javax/lang/model javax/net javax/security javax/xml org/w3c/dom org/xml/sax sun/misc/Unsafe
                    Jenkins' core: com/google/common com/sun/jna hudson jakarta/servlet jenkins net/sf/json org/apache/commons/codec
                    Jenkins' core: org/apache/commons/io org/jenkinsci/Symbol org/jenkinsci/remoting org/jvnet/localizer
                    Jenkins' core: org/kohsuke/accmod org/kohsuke/stapler org/springframework/security/access
                    Jenkins' core: org/springframework/security/core
                    bouncycastle-api: org/bouncycastle
                    commons-compress-api: org/apache/commons/compress
                    configuration-as-code: io/jenkins/plugins/casc
                    credentials: com/cloudbees/plugins/credentials
                    git: hudson/plugins/git jenkins/plugins/git org/eclipse/jgit/transport
                    jackson2-api: com/fasterxml/jackson
                    plain-credentials: org/jenkinsci/plugins/plaincredentials
                    scm-api: jenkins/scm/api
                    script-security: org/jenkinsci/plugins/scriptsecurity
                    snakeyaml-api: org/yaml/snakeyaml
                    structs: org/jenkinsci/plugins/structs
                    workflow-cps: org/jenkinsci/plugins/workflow/cps
                    workflow-job: org/jenkinsci/plugins/workflow/actions org/jenkinsci/plugins/workflow/flow
                    workflow-job: org/jenkinsci/plugins/workflow/graph org/jenkinsci/plugins/workflow/job
                    workflow-step-api: org/jenkinsci/plugins/workflow/steps
                    """.split("\n"))
            .map(line -> line.split(": ", 2))
            .flatMap(line -> Stream.of(line[1].split(" ")).map(prefix -> Map.entry(prefix, line[0])))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Bringers() {}

    /** @param name a class' internal name */
    static Optional<String> of(String name) {
        return BY_PREFIX.keySet().stream()
                .filter(prefix -> name.equals(prefix) || name.startsWith(prefix + "/") || name.startsWith(prefix + "$"))
                .max(Comparator.comparingInt(String::length))
                .map(BY_PREFIX::get);
    }
}
