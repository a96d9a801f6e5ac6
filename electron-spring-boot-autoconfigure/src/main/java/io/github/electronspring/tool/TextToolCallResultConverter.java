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

import java.lang.reflect.Type;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.tool.execution.DefaultToolCallResultConverter;
import org.springframework.ai.tool.execution.ToolCallResultConverter;

/**
 * {@link ToolCallResultConverter} that leaves texts as they are: quotes and escapes would
 * cost tokens, and would be read aloud where the result goes to the caller. Nothing
 * becomes an empty text, and all else what Spring AI makes of it, which is JSON.
 * Thread-safe.
 *
 * @author The Electron Spring authors
 */
public class TextToolCallResultConverter implements ToolCallResultConverter {

	private final ToolCallResultConverter others = new DefaultToolCallResultConverter();

	@Override
	public String convert(@Nullable Object result, @Nullable Type returnType) {
		Object value = (result instanceof Optional<?> optional) ? optional.orElse(null) : result;
		if (value == null) {
			return "";
		}
		return (value instanceof CharSequence) ? value.toString() : this.others.convert(value, returnType);
	}

}
