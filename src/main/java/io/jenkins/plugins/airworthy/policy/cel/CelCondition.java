package io.jenkins.plugins.airworthy.policy.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.policy.rule.ExpressionRule;
import io.jenkins.plugins.airworthy.policy.rule.RuleInput;
import io.jenkins.plugins.airworthy.policy.rule.Trust;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A condition in the <a href="https://github.com/google/cel-spec">Common Expression Language</a>. It is compiled when the policy is
 * read, so that a mistyped name is an error in the policy and not a refusal later. Refuses long and deeply nested expressions,
 * results that are not boolean, more than {@value #MAX_ITERATIONS} loop iterations, and more than {@value CelWork#MAX_WORK} values,
 * elements and characters that they go through.
 */
public final class CelCondition implements ExpressionRule.Condition {
    /** Maximum length of an expression, in characters. */
    static final int MAX_LENGTH = 4_000;

    /** Maximum nesting depth of an expression. */
    static final int MAX_DEPTH = 32;

    /** Maximum number of nodes in an expression. */
    static final int MAX_NODES = 2_000;

    /** Maximum number of loop iterations in one evaluation. */
    static final int MAX_ITERATIONS = 20_000;

    /** Maximum size of the program of a regular expression. */
    static final int MAX_REGEX_PROGRAM = 1_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(MAX_DEPTH)
            .maxParseExpressionNodeCount(MAX_NODES)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .enableHeterogeneousNumericComparisons(true)
            .maxRegexProgramSize(MAX_REGEX_PROGRAM)
            .build();

    private static final CelCompiler COMPILER = CelVariables.declare(CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setResultType(SimpleType.BOOL))
            .build();

    private static final CelRuntime RUNTIME = CelLookups.bind(
                    CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS))
            .build();

    /** The types of the statements into which a variable looks. */
    private static final Map<String, Set<String>> CONTENT = Map.of(
            CelVariables.VULNERABILITIES, Set.of(PredicateTypes.VULNERABILITIES),
            CelLookups.VULNERABILITIES_INDEX, Set.of(PredicateTypes.VULNERABILITIES),
            CelVariables.PACKAGES, Set.of(PredicateTypes.CYCLONEDX, PredicateTypes.SPDX),
            CelLookups.PACKAGES_INDEX, Set.of(PredicateTypes.CYCLONEDX, PredicateTypes.SPDX),
            CelVariables.TESTS, Set.of(PredicateTypes.TEST_RESULT),
            CelVariables.PROVENANCE, Set.of(PredicateTypes.PROVENANCE));

    private final CelRuntime.Program program;
    private final boolean readsEvidence;
    private final Set<String> looksInto;

    private CelCondition(CelRuntime.Program program, CelAbstractSyntaxTree tree) {
        this.program = program;
        Set<String> names =
                tree.getReferenceMap().values().stream().map(CelReference::name).collect(Collectors.toSet());
        this.readsEvidence = names.contains(CelVariables.EVIDENCE);
        Set<String> types = new HashSet<>();
        CelLookups.predicateTypes(tree).forEach(type -> types.add(PredicateTypes.judgedAs(type)));
        names.forEach(name -> types.addAll(CONTENT.getOrDefault(name, Set.of())));
        this.looksInto = Set.copyOf(types);
    }

    public static CelCondition compile(String expression) throws ExpressionFlaw {
        CelValidationResult result = COMPILER.compile(expression);
        for (CelIssue issue : result.getErrors()) {
            CelSourceLocation at = issue.getSourceLocation();
            throw new ExpressionFlaw(Math.max(at.getLine(), 1), Math.max(at.getColumn(), 0) + 1, issue.getMessage());
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            return new CelCondition(RUNTIME.createProgram(tree), tree);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new ExpressionFlaw(1, 1, "the expression cannot be compiled");
        }
    }

    @Override
    public boolean readsEvidence() {
        return readsEvidence;
    }

    @Override
    public Set<String> looksInto() {
        return looksInto;
    }

    @Override
    public boolean holds(RuleInput image, Trust trust) throws AirworthyException {
        CelReads reads = new CelReads();
        try {
            Object value = program.trace(new CelVariables(image, trust, reads), new CelWork(reads));
            reads.requireWhole();
            return value instanceof Boolean truth && truth;
        } catch (CelEvaluationException e) {
            String because;
            try {
                reads.requireWhole();
                because = reason(e.getErrorCode());
            } catch (AirworthyException failure) {
                because = failure.getMessage();
            }
            // Without the cause, which quotes untrusted values of any length.
            throw new InvalidInputException("the expression could not be evaluated: " + because);
        }
    }

    /** Describes an error for the author of the expression. */
    private static String reason(CelErrorCode code) {
        return switch (code) {
            case ITERATION_BUDGET_EXCEEDED -> "its loops take more than the allowed " + MAX_ITERATIONS + " steps";
            case ATTRIBUTE_NOT_FOUND, INDEX_OUT_OF_BOUNDS -> "it uses a value that does not exist";
            case DIVIDE_BY_ZERO, NUMERIC_OVERFLOW -> "a calculation in it has no result";
            case BAD_FORMAT, INVALID_ARGUMENT -> "a text does not have the form that it needs";
            default -> "a value is not of the type that it needs";
        };
    }
}
