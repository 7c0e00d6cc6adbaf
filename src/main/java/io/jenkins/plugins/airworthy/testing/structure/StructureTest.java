package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;

/** One test of a structure-test file. */
sealed interface StructureTest permits FileExistenceTest, FileContentTest, LicenceTest, MetadataTest {
    /** Returns the title that container-structure-test prints. */
    String title();

    /** Returns whether the test needs the image's layers. */
    default boolean readsFiles() {
        return true;
    }

    /** Adds the reasons for a failure to the findings, and the file contents that the test still needs. */
    void check(TestedImage image, Findings findings, MatchBudget budget) throws InvalidInputException;
}
