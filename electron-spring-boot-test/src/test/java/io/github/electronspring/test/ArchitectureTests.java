/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.test;

import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.electronspring.autoconfigure.ElectronConnectionDetails;
import io.github.electronspring.quota.Plan;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Tests for the architecture of this module.
 *
 * @author The Electron Spring authors
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.electronspring.test";

	private static final JavaClasses main = new ClassFileImporter().withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	private static final JavaClasses tests = new ClassFileImporter().withImportOption(Predefined.ONLY_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void simulatorUsesNothingOfTheLibraryAndNoSpringBoot() {
		check(classes().that()
			.resideInAPackage(ROOT + ".simulator..")
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates
				.resideOutsideOfPackages("io.github.electronspring..", "org.springframework.boot..",
						"org.springframework.ai..")
				.or(JavaClass.Predicates.resideInAPackage(ROOT + ".simulator.."))));
	}

	@Test
	void onlyConnectionDetailsAndPlanOfTheLibraryAreUsed() {
		check(classes().that()
			.resideInAPackage(ROOT + "..")
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("io.github.electronspring..")
				.or(JavaClass.Predicates.resideInAPackage(ROOT + ".."))
				.or(JavaClass.Predicates.type(ElectronConnectionDetails.class))
				.or(JavaClass.Predicates.type(Plan.class))));
	}

	@Test
	void onlyAutoConfigurationUsesSpringTest() {
		check(noClasses().that()
			.resideOutsideOfPackage(ROOT + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.test.."));
	}

	@Test
	void packagesAreFreeOfCycles() {
		check(SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
	}

	@Test
	void nothingUsesJacksonTwo() {
		check(noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."));
	}

	@Test
	void packagesAreNullMarked() {
		check(classes().should(beInANullMarkedPackage()));
	}

	@Test
	void autoConfigurationsArePublicAndFinalWithoutPublicMembers() {
		check(classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL));
		check(methods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic());
	}

	@Test
	void fieldsAreNotInjected() {
		check(fields().should().notBeAnnotatedWith(Autowired.class));
	}

	@Test
	void nothingBlocks() {
		DescribedPredicate<JavaClass> reactor = JavaClass.Predicates.resideInAPackage("reactor.core.publisher");
		check(noClasses().should()
			.callMethodWhere(DescribedPredicate.describe("blocks",
					(call) -> call.getTarget().getName().startsWith("block") && reactor.test(call.getTargetOwner()))));
	}

	@Test
	void collectorsToListIsNotUsed() {
		check(noClasses().should().callMethod(Collectors.class, "toList"));
	}

	@Test
	void stepVerifiersHaveATimeout() {
		noClasses().should()
			.callMethodWhere(DescribedPredicate.describe("verify without a timeout",
					(call) -> call.getTargetOwner().getName().startsWith("reactor.test.StepVerifier")
							&& call.getTarget().getName().startsWith("verify")
							&& call.getTarget().getRawParameterTypes().isEmpty()))
			.because("it can wait for ever: use expectComplete().verify(Duration)")
			.allowEmptyShould(true)
			.check(tests);
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(main);
	}

	private static ArchCondition<JavaClass> beInANullMarkedPackage() {
		return new ArchCondition<>("be in a @NullMarked package") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				boolean satisfied = item.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(item, satisfied,
						"%s is not in a @NullMarked package".formatted(item.getName())));
			}

		};
	}

}
