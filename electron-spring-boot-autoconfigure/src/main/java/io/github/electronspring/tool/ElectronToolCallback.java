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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CancellationException;

import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnTool;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.metadata.ToolMetadata;
import org.springframework.ai.tool.support.ToolUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * A tool that calls a method of a bean, for Spring AI and for the turn engine. The bean
 * is fetched for each call and called through its proxy. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ElectronToolCallback implements ToolCallback, TurnTool {

	/**
	 * What Spring AI gets in place of an empty text, which some models take for a
	 * failure. The engine has words of its own.
	 */
	private static final String NOTHING = "Done";

	private final ToolMethod toolMethod;

	private final BeanFactory beanFactory;

	private final ToolMetadata metadata;

	private final ToolResults results;

	private final SingletonSupplier<ToolSchema> schema;

	private final ToolDefinition definition;

	private final SingletonSupplier<io.github.electronspring.protocol.ToolDefinition> turnDefinition;

	private final @Nullable Duration timeout;

	private final boolean sequential;

	private final ToolSpeech speech;

	ElectronToolCallback(ToolMethod toolMethod, BeanFactory beanFactory) {
		this.toolMethod = toolMethod;
		this.beanFactory = beanFactory;
		this.metadata = ToolMetadata.from(toolMethod.method());
		this.results = new ToolResults(toolMethod, ToolUtils.getToolCallResultConverter(toolMethod.method()));
		this.schema = SingletonSupplier.of(() -> ToolSchema.of(toolMethod));
		this.definition = new ElectronToolDefinition(toolMethod.name(), toolMethod.description(), this.schema);
		this.turnDefinition = SingletonSupplier.of(() -> io.github.electronspring.protocol.ToolDefinition
			.function(toolMethod.name(), toolMethod.description(), this.schema.obtain().json()));
		this.timeout = toolMethod.timeout();
		this.sequential = toolMethod.annotation().sequential();
		this.speech = toolMethod.speech();
	}

	ToolMethod getToolMethod() {
		return this.toolMethod;
	}

	ToolSpeech getSpeech() {
		return this.speech;
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return this.definition;
	}

	@Override
	public ToolMetadata getToolMetadata() {
		return this.metadata;
	}

	@Override
	public io.github.electronspring.protocol.ToolDefinition definition() {
		return this.turnDefinition.obtain();
	}

	@Override
	public boolean returnDirect() {
		return this.metadata.returnDirect();
	}

	@Override
	public @Nullable Duration timeout() {
		return this.timeout;
	}

	@Override
	public boolean sequential() {
		return this.sequential;
	}

	@Override
	public boolean interruptible() {
		return this.speech.cancelOnBargeIn();
	}

	@Override
	public Mono<String> call(String arguments, ToolExecution execution) {
		return Mono.defer(() -> execute(arguments, new ToolContext(execution.context()), execution));
	}

	@Override
	public String call(String toolInput) {
		return call(toolInput, (ToolContext) null);
	}

	@Override
	public String call(String toolInput, @Nullable ToolContext toolContext) {
		ToolContext context = (toolContext != null) ? toolContext : new ToolContext(Collections.emptyMap());
		try {
			// Blocks for a reactive type only: a value is there already
			String result = execute(toolInput, context, new DetachedToolExecution(context.getContext())).block();
			return StringUtils.hasLength(result) ? result : NOTHING;
		}
		catch (RuntimeException | Error ex) {
			throw new ToolExecutionException(this.definition, Exceptions.unwrap(ex));
		}
	}

	private Mono<String> execute(String json, ToolContext context, ToolExecution execution) {
		try {
			ToolArguments arguments = new ToolArguments(this.toolMethod, this.schema.obtain());
			@Nullable Object[] values = arguments.read(json, context, execution);
			if (execution.isCancelled() && interruptible()) {
				// What nobody waits for any more is not begun
				return Mono.error(new CancellationException("The call was cancelled before it began"));
			}
			return this.results.toText(invoke(values));
		}
		catch (InvocationTargetException ex) {
			return Mono.error(causeOf(ex));
		}
		catch (Exception | LinkageError | StackOverflowError ex) {
			return Mono.error(ex);
		}
	}

	private @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
		Object bean = this.beanFactory.getBean(this.toolMethod.beanName());
		Method method = AopUtils.selectInvocableMethod(this.toolMethod.method(), bean.getClass());
		ReflectionUtils.makeAccessible(method);
		return method.invoke(bean, arguments);
	}

	private static Throwable causeOf(InvocationTargetException failure) {
		Throwable cause = failure.getTargetException();
		if (cause instanceof UndeclaredThrowableException undeclared && undeclared.getCause() != null) {
			cause = undeclared.getCause();
		}
		return cause;
	}

	@Override
	public String toString() {
		return "ElectronToolCallback[name=%s, beanName=%s]".formatted(this.definition.name(),
				this.toolMethod.beanName());
	}

}
