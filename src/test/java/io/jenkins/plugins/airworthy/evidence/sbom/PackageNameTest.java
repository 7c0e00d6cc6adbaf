package io.jenkins.plugins.airworthy.evidence.sbom;

import io.jenkins.plugins.airworthy.policy.waiver.Waiver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Package URLs are compared as the specification of their type says, since each ecosystem spells names in its own way. */
class PackageNameTest {
    @ParameterizedTest
    @CsvSource({
        "pkg:pypi/Django_package, pkg:pypi/django-package@1.11.1.dev1",
        "pkg:PYPI/django-package@1.0, pkg:pypi/Django_Package@1.0",
        "pkg:npm/%40babel/core, pkg:npm/@babel/core@7.0.0",
        "pkg:npm/%40babel/core, pkg:npm/%40babel%2Fcore@7.0.0",
        "pkg:npm/%40babel/core, pkg:npm/%40babel//core@7.0.0",
        "pkg:npm/%40babel/core@7.0.0, pkg:npm/%40babel/core@7.0.0?os=linux#lib",
        "pkg:Maven/org.example/lib, pkg:maven/org.example/lib@1.0?type=jar",
        "pkg:deb/Debian/Curl, pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=debian-12",
        "pkg:deb/debian/dpkg@1:1.18, pkg:deb/debian/dpkg@1%3A1.18",
        "pkg:composer/Laravel/Laravel, pkg:composer/laravel/laravel@5.5.0",
        "pkg:rpm/Fedora/curl, pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386",
        "pkg:golang/google.golang.org/genproto, pkg:golang/google.golang.org/genproto@abcdedf#googleapis/api",
        "pkg:apk/Alpine/busybox, pkg:apk/alpine/busybox@1.36.1-r5?arch=x86_64",
        "pkg:hex/Acme/Foo, pkg:hex/acme/foo@2.3."
    })
    void coversTheSamePackageInAnotherSpelling(String waived, String found) {
        assertThat(name(waived).covers(name(found))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:maven/org.example/Lib, pkg:maven/org.example/lib@1.0",
        "pkg:npm/Left-pad, pkg:npm/left-pad@1.0.0",
        "pkg:pypi/django, pkg:pypi/django-extensions@1",
        "pkg:npm/core, pkg:npm/%40babel/core@7.0.0",
        "pkg:npm/core, pkg:pypi/core@7.0.0",
        "pkg:maven/a/b@1, pkg:maven/a/b@1.0",
        "pkg:maven/a/b@1, pkg:maven/a/b",
        "pkg:deb/debian/curl, pkg:deb/ubuntu/curl@1"
    })
    void coversNoOtherPackage(String waived, String found) {
        assertThat(name(waived).covers(name(found))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:npm",
                "pkg:npm/",
                "pkg:npm/a@",
                "pkg:npm/a%zz",
                "pkg:npm/a b",
                "pkg:n_m/a",
                "pkg:maven/no-group",
                "pkg:maven/a%2Fb/c",
                "pkg:npm/a?x=y",
                "pkg:npm/a#b"
            })
    void refusesWaiverThatNamesNoPackage(String text) {
        assertThatThrownBy(() -> Waiver.requirePackage(text)).hasMessageContaining("is not a package URL");
    }

    private static PackageName name(String url) {
        return PackageName.parse(url).orElseThrow();
    }
}
