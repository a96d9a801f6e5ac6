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

package io.github.electronspring.protocol;

import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a chunk adds to a message. Immutable.
 *
 * @param role the role, on the first chunk
 * @param content the text that follows, or {@code null}
 * @param toolCalls the pieces of tool calls, empty if there are none
 * @author The Electron Spring authors
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChatMessageDelta(@Nullable String role, @JsonInclude(JsonInclude.Include.NON_NULL) @JsonDeserialize(
		using = TextContentDeserializer.class) @Nullable String content, List<ToolCallDelta> toolCalls) {

	/**
	 * A delta that adds nothing.
	 */
	public static final ChatMessageDelta EMPTY = new ChatMessageDelta(null, null, Collections.emptyList());

	/**
	 * Create a delta. Missing tool calls are taken as none.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ChatMessageDelta {
		toolCalls = (toolCalls != null) ? toolCalls : Collections.emptyList();
	}

	/**
	 * Return a text for logs: it holds no content.
	 */
	@Override
	public String toString() {
		return "ChatMessageDelta[role=%s, length=%s, toolCalls=%d]".formatted(this.role,
				(this.content != null) ? this.content.length() : null, this.toolCalls.size());
	}

}
