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

package io.github.electronspring.chat;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnTool;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ToolSelection}.
 *
 * @author The Electron Spring authors
 */
class ToolSelectionTests {

	private final ToolCallback registeredA = TestTools.returning("a", "registered");

	private final ToolCallback registeredC = TestTools.returning("c", "registered");

	private final ToolCallback own = TestTools.returning("b", "own");

	@Test
	void ownAndRegisteredToolsAreSortedByName() {
		assertThat(select(ElectronChatOptions.builder().toolCallbacks(this.own))).containsExactly(this.registeredA,
				this.own, this.registeredC);
	}

	@Test
	void ownToolWinsOverRegisteredOne() {
		ToolCallback ownA = TestTools.returning("a", "own");
		assertThat(select(ElectronChatOptions.builder().toolCallbacks(ownA))).containsExactly(ownA, this.registeredC);
	}

	@Test
	void namesRestrictRegisteredToolsOnly() {
		assertThat(select(ElectronChatOptions.builder().toolCallbacks(this.own).toolNames(Set.of("c"))))
			.containsExactly(this.own, this.registeredC);
		assertThat(select(ElectronChatOptions.builder().toolCallbacks(this.own).toolNames(Collections.emptySet())))
			.containsExactly(this.own);
		assertThat(select(ElectronChatOptions.builder().toolNames(Set.of("b", "a")).toolCallbacks(this.own)))
			.containsExactly(this.registeredA, this.own);
	}

	@Test
	void unknownNameIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> select(ElectronChatOptions.builder().toolNames(Set.of("x"))))
			.withMessageContaining("'x'")
			.withMessageContaining("'toolNames'");
	}

	@Test
	void ownToolsOfTheSameNameAreRefused() {
		assertThatIllegalStateException().isThrownBy(
				() -> select(ElectronChatOptions.builder().toolCallbacks(this.own, TestTools.returning("b", "twin"))));
	}

	@Test
	void definitionsHaveCompactSchemas() {
		assertThat(CallbackTurnTool.of(this.own).definition())
			.isEqualTo(ToolDefinition.function("b", "The tool b", "{\"type\":\"object\"}"));
	}

	@Test
	void callbackThatIsATurnToolIsUsedAsSuch() {
		NativeTool tool = new NativeTool(this.own);
		assertThat(CallbackTurnTool.of(tool)).isSameAs(tool);
	}

	private List<ToolCallback> select(ElectronChatOptionsBuilder options) {
		return ToolSelection.of(options.build(), () -> List.of(this.registeredC, this.registeredA)).callbacks();
	}

	record NativeTool(ToolCallback delegate) implements ToolCallback, TurnTool {

		@Override
		public org.springframework.ai.tool.definition.ToolDefinition getToolDefinition() {
			return this.delegate.getToolDefinition();
		}

		@Override
		public String call(String toolInput) {
			return this.delegate.call(toolInput);
		}

		@Override
		public ToolDefinition definition() {
			return ToolDefinition.function("b", null, null);
		}

		@Override
		public Mono<String> call(String arguments, ToolExecution execution) {
			return Mono.just("native");
		}

	}

}
