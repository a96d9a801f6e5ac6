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

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolCallResultConverter;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.metadata.ToolMetadata;
import org.springframework.ai.tool.support.ToolUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link ToolCallback} that calls a method of a bean. The bean is fetched for each call
 * and called through its proxy. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ElectronToolCallback implements ToolCallback {

	private final ToolMethod toolMethod;

	private final BeanFactory beanFactory;

	private final ToolMetadata metadata;

	private final ToolCallResultConverter resultConverter;

	private final SingletonSupplier<ToolSchema> schema;

	private final ToolDefinition definition;

	ElectronToolCallback(ToolMethod toolMethod, BeanFactory beanFactory) {
		this.toolMethod = toolMethod;
		this.beanFactory = beanFactory;
		this.metadata = ToolMetadata.from(toolMethod.method());
		this.resultConverter = ToolUtils.getToolCallResultConverter(toolMethod.method());
		this.schema = SingletonSupplier.of(() -> ToolSchema.of(toolMethod));
		this.definition = new ElectronToolDefinition(toolMethod.name(), toolMethod.description(), this.schema);
	}

	ToolMethod getToolMethod() {
		return this.toolMethod;
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
	public String call(String toolInput) {
		return call(toolInput, null);
	}

	@Override
	public String call(String toolInput, @Nullable ToolContext toolContext) {
		try {
			ToolArguments arguments = new ToolArguments(this.toolMethod, this.schema.obtain());
			Object result = invoke(arguments.read(toolInput, toolContext));
			return this.resultConverter.convert(result, this.toolMethod.method().getGenericReturnType());
		}
		catch (InvocationTargetException ex) {
			throw new ToolExecutionException(this.definition, causeOf(ex));
		}
		catch (Exception | LinkageError | StackOverflowError ex) {
			throw new ToolExecutionException(this.definition, ex);
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
