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

package io.github.electronspring.tool;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.github.electronspring.turn.ToolExecution;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.support.ToolUtils;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.Assert;

/**
 * A method with {@link ElectronTool @ElectronTool} of a bean.
 *
 * @param beanName the name of the bean
 * @param method the method as the type of the bean has it
 * @param beanType the type of the bean, behind its proxies
 * @author The Electron Spring authors
 */
record ToolMethod(String beanName, Method method, Class<?> beanType) {

	/**
	 * Return the name of the tool. Spring AI's own lookup would only warn about a name
	 * that the service refuses.
	 * @return the name
	 */
	String name() {
		String name = annotation().name();
		return !name.isEmpty() ? name : this.method.getName();
	}

	ElectronTool annotation() {
		ElectronTool annotation = AnnotatedElementUtils.findMergedAnnotation(this.method, ElectronTool.class);
		Assert.state(annotation != null, "The method has no '@ElectronTool'");
		return annotation;
	}

	/**
	 * Return how long the tool may take.
	 * @return the time, or {@code null} if the method does not say
	 * @throws IllegalArgumentException if it is not a duration
	 */
	@Nullable Duration timeout() {
		String timeout = annotation().timeout();
		return timeout.isEmpty() ? null : DurationFormatterUtils.detectAndParse(timeout);
	}

	/**
	 * Return what is said while the tool runs.
	 * @return what is said
	 * @throws IllegalArgumentException if the time of the delayed phrase is not a
	 * duration
	 */
	ToolSpeech speech() {
		ElectronTool annotation = annotation();
		String after = annotation.delayedAfter();
		return new ToolSpeech(annotation.start(), annotation.delayed(),
				after.isEmpty() ? null : DurationFormatterUtils.detectAndParse(after), annotation.failed(),
				annotation.cancelOnBargeIn());
	}

	String description() {
		return ToolUtils.getToolDescription(this.method);
	}

	/**
	 * Return the method that declares the annotation, perhaps on an interface: its
	 * parameters have the names and the annotations.
	 * @return the method
	 */
	Method declaration() {
		Object source = MergedAnnotations.from(this.method, SearchStrategy.TYPE_HIERARCHY)
			.get(ElectronTool.class)
			.getSource();
		return (source instanceof Method declaration) ? declaration : this.method;
	}

	/**
	 * Return the type of a parameter with the type variables of the bean resolved.
	 * @param index the index of the parameter
	 * @return the type
	 */
	Type argumentType(int index) {
		return GenericTypeResolver.resolveType(declaration().getGenericParameterTypes()[index], this.beanType);
	}

	/**
	 * Return the type of a parameter as the model sees it: of an optional one the type of
	 * its value.
	 * @param index the index of the parameter
	 * @return the type
	 */
	Type valueType(int index) {
		Type type = argumentType(index);
		Class<?> rawType = ResolvableType.forType(type).toClass();
		if (rawType == Optional.class) {
			return ResolvableType.forType(type).getGeneric(0).getType();
		}
		return (rawType == OptionalInt.class) ? Integer.class : (rawType == OptionalLong.class) ? Long.class
				: (rawType == OptionalDouble.class) ? Double.class : type;
	}

	static boolean isOptional(Parameter parameter) {
		Class<?> type = parameter.getType();
		return type == Optional.class || type == OptionalInt.class || type == OptionalLong.class
				|| type == OptionalDouble.class;
	}

	/**
	 * Return whether a parameter is filled by us and hidden from the model.
	 * @param parameter the parameter
	 * @return whether it is
	 */
	static boolean isHidden(Parameter parameter) {
		return ToolContext.class.isAssignableFrom(parameter.getType()) || isExecution(parameter);
	}

	static boolean isExecution(Parameter parameter) {
		return parameter.getType() == ToolExecution.class;
	}

	InvalidElectronToolException invalid(String reason, String action) {
		return new InvalidElectronToolException(this.beanName, this.method, reason, action);
	}

}
