package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;

/** One test of a structure-test file. */
sealed interface StructureTest permits FileExistenceTest, FileContentTest, LicenceTest, MetadataTest {
    /** As container-structure-test shows it. */
    String title();

    /** Whether the layers have to be read for it. */
    default boolean readsFiles() {
        return true;
    }

    /** Says what is wrong with the image, and which contents must be read to know more. */
    void check(TestedImage image, Findings findings, MatchBudget budget) throws InvalidInputException;
}
