package io.jenkins.plugins.airworthy.jenkins.form;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The ticked boxes of a form. Refuses values that no box has. */
public final class FormChoices {
    private FormChoices() {}

    public static <E extends Enum<E>> List<E> of(Class<E> type, List<String> words) throws InvalidInputException {
        List<E> constants = new ArrayList<>();
        for (String word : words) {
            constants.add(Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException("'" + word + "' is not one of the choices")));
        }
        return constants.stream().distinct().toList();
    }
}
