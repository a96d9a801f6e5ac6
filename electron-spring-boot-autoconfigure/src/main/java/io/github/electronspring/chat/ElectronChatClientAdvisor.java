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

import java.util.List;
import java.util.Map;

import io.github.electronspring.turn.TurnListener;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.core.Ordered;

/**
 * Tells the model what only the client knows, through the options of the call: who
 * listens to the turn, which conversation it belongs to, whether tool calls are wanted
 * back, and whether Spring AI validates the answer itself. The first of all advisors,
 * because those that repeat a call hide the ones before them.
 *
 * @author The Electron Spring authors
 */
final class ElectronChatClientAdvisor implements CallAdvisor, StreamAdvisor {

	/**
	 * The parameter that holds the listener of a turn.
	 */
	static final String TURN_LISTENER = "electron.turn-listener";

	@Override
	public String getName() {
		return "electron";
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		return chain.nextCall(advise(request, chain.getCallAdvisors()));
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		return chain.nextStream(advise(request, chain.getStreamAdvisors()));
	}

	private static ChatClientRequest advise(ChatClientRequest request, List<? extends Advisor> advisors) {
		if (!(request.prompt().getOptions() instanceof ElectronChatOptions options)) {
			return request;
		}
		ElectronChatOptionsBuilder builder = options.mutate();
		Map<String, @Nullable Object> params = request.context();
		if (params.get(TURN_LISTENER) instanceof TurnListener listener) {
			builder.turnListeners(listener);
		}
		if (options.getConversationId() == null && params.get(ChatMemory.CONVERSATION_ID) instanceof String id) {
			builder.conversationId(id);
		}
		if (options.getToolExecution() == null
				&& Boolean.FALSE.equals(params.get(ChatClientAttributes.TOOL_CALLING_ADVISOR_AUTO_REGISTER.getKey()))) {
			builder.toolExecution(ToolExecutionMode.CALLER);
		}
		if (options.getRepairOutput() == null
				&& advisors.stream().anyMatch(StructuredOutputValidationAdvisor.class::isInstance)) {
			builder.repairOutput(false);
		}
		return request.mutate().prompt(request.prompt().mutate().chatOptions(builder.build()).build()).build();
	}

}
