package io.jenkins.plugins.airworthy.policy.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.OpaqueValue;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What expressions look up instead of going through a list: {@code packages.of(…)}, {@code vulnerabilities.of(…)} and {@code
 * predicates(…)}. Each is translated, when a policy is read, into a call with a variable of its own, which stands for the index
 * and which no policy can name. So a list is not made to look something up in it.
 */
final class CelLookups {
    /** The variable behind {@code packages.of}. */
    static final String PACKAGES_INDEX = "@packagesByName";

    /** The variable behind {@code vulnerabilities.of}. */
    static final String VULNERABILITIES_INDEX = "@vulnerabilitiesById";

    /** The variable behind {@code predicates}. */
    static final String PREDICATES_INDEX = "@predicatesByType";

    private static final OpaqueType INDEX = OpaqueType.create("airworthy.Index");
    private static final String CALL = "@of ";
    private static final String PREDICATES = "predicates";

    private CelLookups() {}

    /** An index: returns what it has under a text. */
    static final class Index extends OpaqueValue {
        /** Reads at most once, and returns the same from then on. */
        @SuppressWarnings("Immutable")
        private final Function<String, List<Object>> lookup;

        Index(Function<String, List<Object>> lookup) {
            this.lookup = lookup;
        }

        List<Object> of(String text) {
            return lookup.apply(text);
        }

        @Override
        public Object value() {
            return this;
        }

        @Override
        public OpaqueType celType() {
            return INDEX;
        }

        @Override
        public String toString() {
            return "the index";
        }
    }

    static CelCompilerBuilder declare(CelCompilerBuilder compiler) {
        return compiler.addMacros(
                        CelMacro.newReceiverMacro("of", 1, CelLookups::expandOf),
                        CelMacro.newGlobalMacro(PREDICATES, 1, CelLookups::expandPredicates))
                .addVar(PACKAGES_INDEX, INDEX)
                .addVar(VULNERABILITIES_INDEX, INDEX)
                .addVar(PREDICATES_INDEX, INDEX)
                .addFunctionDeclarations(
                        lookup(CelVariables.PACKAGES, CelTypes.PACKAGE),
                        lookup(CelVariables.VULNERABILITIES, CelTypes.VULNERABILITY),
                        lookup(PREDICATES, SimpleType.DYN));
    }

    static CelRuntimeBuilder bind(CelRuntimeBuilder runtime) {
        return runtime.addFunctionBindings(binding(CelVariables.PACKAGES))
                .addFunctionBindings(binding(CelVariables.VULNERABILITIES))
                .addFunctionBindings(binding(PREDICATES));
    }

    private static CelFunctionDecl lookup(String list, CelType type) {
        return CelFunctionDecl.newFunctionDeclaration(
                CALL + list,
                CelOverloadDecl.newGlobalOverload(CALL + list, ListType.create(type), INDEX, SimpleType.STRING));
    }

    private static Iterable<CelFunctionBinding> binding(String list) {
        return CelFunctionBinding.fromOverloads(
                CALL + list,
                CelFunctionBinding.from(CALL + list, Index.class, String.class, (index, text) -> index.of(text)));
    }

    private static Optional<CelExpr> expandOf(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        if (target.exprKind().getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.empty();
        }
        String list = target.ident().name();
        CelExpr argument = arguments.get(0);
        return switch (list) {
            case CelVariables.PACKAGES ->
                Optional.of(
                        text(argument)
                                        .filter(url -> PackageName.parse(url).isEmpty())
                                        .isPresent()
                                ? error(factory, argument, PackageIndex.NO_URL)
                                : call(factory, list, PACKAGES_INDEX, argument));
            case CelVariables.VULNERABILITIES -> Optional.of(call(factory, list, VULNERABILITIES_INDEX, argument));
            default -> Optional.empty();
        };
    }

    /** The types of statements that a tree looks up by {@code predicates}. */
    static Set<String> predicateTypes(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expr -> expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(CelExpr::call)
                .filter(call -> call.function().equals(CALL + PREDICATES))
                .map(call -> text(call.args().get(1)).orElseThrow())
                .collect(Collectors.toSet());
    }

    private static Optional<String> text(CelExpr expr) {
        return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expr.constant().stringValue())
                : Optional.empty();
    }

    private static CelExpr call(CelMacroExprFactory factory, String list, String index, CelExpr argument) {
        return factory.newGlobalCall(CALL + list, factory.newIdentifier(index), argument);
    }

    /** The type is written out, so that a policy with a type that nobody may attest, or that has a variable, is refused. */
    private static Optional<CelExpr> expandPredicates(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr argument = arguments.get(0);
        Optional<String> type = text(argument);
        if (type.isEmpty()) {
            return Optional.of(error(factory, argument, "predicates(…) takes the type of statements as a text"));
        }
        try {
            PredicateTypes.requireReadable(type.get());
        } catch (InvalidInputException e) {
            return Optional.of(error(factory, argument, e.getMessage()));
        }
        return Optional.of(call(factory, PREDICATES, PREDICATES_INDEX, argument));
    }

    private static CelExpr error(CelMacroExprFactory factory, CelExpr at, String problem) {
        return factory.reportError(CelIssue.formatError(factory.getSourceLocation(at), problem));
    }
}
