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
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * The checks of a method with {@link ElectronTool @ElectronTool} at start-up.
 *
 * @author The Electron Spring authors
 */
final class ToolMethodChecks {

	static final int MAX_TOOLS = 64;

	private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private ToolMethodChecks() {
	}

	static void check(ToolMethod tool, Class<?> exposedType) {
		checkName(tool);
		checkAccess(tool, exposedType);
		checkDuration(tool, "timeout", tool.annotation().timeout(), tool::timeout);
		checkDuration(tool, "delayedAfter", tool.annotation().delayedAfter(), () -> tool.speech().delayedAfter());
		checkParameters(tool);
		Class<?> returnType = tool.method().getReturnType();
		if (isUnsupported(returnType) && !isReactive(returnType)) {
			throw tool.invalid("returns '%s', which is not a value".formatted(returnType.getName()),
					"Return the value itself, a 'Mono', a 'CompletionStage' or a 'Flux'");
		}
	}

	private static boolean isReactive(Class<?> type) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	private static void checkDuration(ToolMethod tool, String attribute, String value,
			Supplier<@Nullable Duration> parser) {
		try {
			Duration duration = parser.get();
			if (duration == null || (!duration.isNegative() && !duration.isZero())) {
				return;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// It is not a duration at all: told like one that is too short
		}
		throw tool.invalid(
				"has the %s '%s'".formatted("timeout".equals(attribute) ? "time-out" : "'" + attribute + "'", value),
				"Set '%s' of '@ElectronTool' to a duration longer than 0, for example '2s'".formatted(attribute));
	}

	private static void checkName(ToolMethod tool) {
		if (!NAME.matcher(tool.name()).matches()) {
			throw tool.invalid("has the name '%s'".formatted(tool.name()),
					"Set 'name' of '@ElectronTool' to 1 to 64 letters, digits, '_' or '-'");
		}
	}

	private static void checkAccess(ToolMethod tool, Class<?> exposedType) {
		Method method = tool.method();
		if (Modifier.isPrivate(method.getModifiers())) {
			throw tool.invalid("is private, so that it cannot be called through a proxy", "Make the method visible");
		}
		if (Modifier.isStatic(method.getModifiers())) {
			throw tool.invalid("is static, so that it does not belong to the bean", "Make it an instance method");
		}
		if (Proxy.isProxyClass(exposedType)) {
			try {
				AopUtils.selectInvocableMethod(method, exposedType);
			}
			catch (IllegalStateException ex) {
				throw tool.invalid("is on no interface of the bean's proxy",
						"Declare the method on an interface that the bean implements, or proxy its class with "
								+ "'spring.aop.proxy-target-class' set to 'true'");
			}
		}
	}

	private static void checkParameters(ToolMethod tool) {
		for (Parameter parameter : tool.declaration().getParameters()) {
			if (!parameter.isNamePresent()) {
				throw tool.invalid("has parameters whose names are not in the class file",
						"Compile '%s' with the option '-parameters'"
							.formatted(tool.declaration().getDeclaringClass().getName()));
			}
			if (isUnsupported(parameter.getType())) {
				throw tool.invalid("has the parameter '%s' of type '%s', which is not a value"
					.formatted(parameter.getName(), parameter.getType().getName()), "Take the value itself");
			}
		}
	}

	private static boolean isUnsupported(Class<?> type) {
		return Stream
			.of(Function.class, BiFunction.class, Supplier.class, Consumer.class, BiConsumer.class, Runnable.class,
					Future.class, CompletionStage.class, Publisher.class, Flow.Publisher.class, BaseStream.class)
			.anyMatch((unsupported) -> unsupported.isAssignableFrom(type));
	}

}
