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
import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.tool.execution.ToolCallResultConverter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * Makes the text for the model of what a tool method returned. Values that are still to
 * come are awaited.
 *
 * @author The Electron Spring authors
 */
final class ToolResults {

	static final int MAX_VALUES = 1000;

	private final Method method;

	private final Class<?> beanType;

	private final ToolCallResultConverter converter;

	ToolResults(ToolMethod toolMethod, ToolCallResultConverter converter) {
		this.method = toolMethod.method();
		this.beanType = toolMethod.beanType();
		this.converter = converter;
	}

	/**
	 * Return the text of a result. Of a value that is there already the text is as well.
	 * @param result what the method returned
	 * @return the text
	 */
	Mono<String> toText(@Nullable Object result) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance()
			.getAdapter(this.method.getReturnType(), result);
		if (adapter == null || result == null) {
			return convert(result, this.method.getGenericReturnType());
		}
		Publisher<Object> publisher = adapter.toPublisher(result);
		Type type = ResolvableType.forMethodReturnType(this.method, this.beanType).getGeneric(0).getType();
		if (adapter.isMultiValue()) {
			return Flux.from(publisher)
				.take(MAX_VALUES + 1)
				.collectList()
				.flatMap((values) -> convert(checkSize(values), List.class));
		}
		return Mono.from(publisher).singleOptional().flatMap((value) -> convert(value.orElse(null), type));
	}

	private Mono<String> convert(@Nullable Object value, Type type) {
		return Mono.justOrEmpty(this.converter.convert(value, type));
	}

	private static List<Object> checkSize(List<Object> values) {
		if (values.size() > MAX_VALUES) {
			throw new IllegalStateException("There are more than %d results".formatted(MAX_VALUES));
		}
		return values;
	}

}
