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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChoice;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.TurnFinished;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.model.tool.ToolExecutionResult;

/**
 * Maps events of a turn to responses of Spring AI.
 *
 * @author The Electron Spring authors
 */
final class ResponseMapper {

	private final Function<String, @Nullable TokenPrices> prices;

	ResponseMapper(Function<String, @Nullable TokenPrices> prices) {
		this.prices = prices;
	}

	/**
	 * Return the response for a piece of text.
	 * @param event the text
	 * @return the response
	 */
	ChatResponse text(TextReceived event) {
		ChatCompletionChunk chunk = event.chunk();
		ChatResponseMetadata metadata = metadata(chunk.id(), chunk.model())
			.keyValue(ElectronMetadata.ROUND, event.round())
			.build();
		return response(new Generation(new AssistantMessage(event.text())), metadata);
	}

	/**
	 * Return the response that tells what the text of a round was.
	 * @param event the end of the round
	 * @param text the text of the response
	 * @return the response
	 */
	ChatResponse segment(RoundFinished event, String text) {
		return response(new Generation(new AssistantMessage(text)), round(event).build());
	}

	/**
	 * Return the response at the end of a turn.
	 * @param event the end of the turn
	 * @param text the text of the response
	 * @param openCalls whether tool calls are left to the caller
	 * @return the response
	 */
	ChatResponse last(TurnFinished event, String text, boolean openCalls) {
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder();
		RoundFinished lastRound = event.rounds().isEmpty() ? null : event.rounds().get(event.rounds().size() - 1);
		if (lastRound != null) {
			metadata = round(lastRound);
		}
		metadata.usage(usage(event.usage())).keyValue(ElectronMetadata.ROUNDS, event.rounds());
		Cost cost = event.cost(this.prices);
		if (cost != null) {
			metadata.keyValue(ElectronMetadata.COST, cost);
		}
		if (event.directResult() != null) {
			return new ChatResponse(directResults(event, event.directResult()), metadata.build());
		}
		return response(generation((lastRound != null) ? lastRound.completion() : null, text, openCalls),
				metadata.build());
	}

	/**
	 * Return the response of a single request, as observations see it.
	 * @param completion what has arrived
	 * @param info what the response told beside its body
	 * @return the response
	 */
	static ChatResponse single(ChatCompletion completion, @Nullable ResponseInfo info) {
		ChatResponseMetadata.Builder metadata = metadata(completion.id(), completion.model());
		addInfo(metadata, info);
		if (completion.usage() != null) {
			metadata.usage(usage(completion.usage()));
		}
		ChatCompletionChoice choice = completion.choice();
		String text = (choice != null && choice.message().content() != null) ? choice.message().content() : "";
		return response(generation(completion, text, true), metadata.build());
	}

	static DefaultUsage usage(Usage usage) {
		return new DefaultUsage(usage.promptTokens(), usage.completionTokens(), usage.totalTokens(), usage,
				(long) usage.cachedTokens(), null);
	}

	private static Generation generation(@Nullable ChatCompletion completion, String text, boolean withCalls) {
		ChatCompletionChoice choice = (completion != null) ? completion.choice() : null;
		ChatGenerationMetadata.Builder metadata = ChatGenerationMetadata.builder();
		List<ToolCall> calls = Collections.emptyList();
		if (choice != null) {
			calls = withCalls ? choice.message().toolCalls() : calls;
			metadata.finishReason(choice.finishReason());
			if (choice.logprobs() != null) {
				metadata.metadata(ElectronMetadata.LOGPROBS, choice.logprobs());
			}
		}
		return new Generation(MessageMapper.assistantMessage(ChatMessage.assistant(text, calls)), metadata.build());
	}

	private static List<Generation> directResults(TurnFinished event, String result) {
		List<Generation> generations = new ArrayList<>();
		List<ChatMessage> messages = event.messages();
		List<ToolCall> calls = Collections.emptyList();
		for (ChatMessage message : messages) {
			if (ChatMessage.TOOL.equals(message.role())) {
				generations.add(directResult(message, calls));
			}
			else {
				generations.clear();
				calls = message.toolCalls();
			}
		}
		return generations.isEmpty() ? List.of(directResult(ChatMessage.tool("", result), calls)) : generations;
	}

	private static Generation directResult(ChatMessage message, List<ToolCall> calls) {
		String id = (message.toolCallId() != null) ? message.toolCallId() : "";
		String name = calls.stream()
			.filter((call) -> id.equals(call.id()))
			.map((call) -> call.function().name())
			.findFirst()
			.orElse("");
		return new Generation(new AssistantMessage(message.content()),
				ChatGenerationMetadata.builder()
					.metadata(ToolExecutionResult.METADATA_TOOL_ID, id)
					.metadata(ToolExecutionResult.METADATA_TOOL_NAME, name)
					.finishReason(ToolExecutionResult.FINISH_REASON)
					.build());
	}

	private static ChatResponseMetadata.Builder round(RoundFinished event) {
		ChatCompletion completion = event.completion();
		ChatResponseMetadata.Builder metadata = metadata(completion.id(), completion.model())
			.keyValue(ElectronMetadata.ROUND, event.round())
			.keyValue(ElectronMetadata.SEGMENT, event.kind());
		addInfo(metadata, event.response());
		return metadata;
	}

	private static void addInfo(ChatResponseMetadata.Builder metadata, @Nullable ResponseInfo info) {
		if (info == null) {
			return;
		}
		metadata.keyValue(ElectronMetadata.PROVIDER, info.provider());
		if (info.requestId() != null) {
			metadata.keyValue(ElectronMetadata.REQUEST_ID, info.requestId());
		}
		if (!info.rateLimit().isEmpty()) {
			metadata.keyValue(ElectronMetadata.RATE_LIMIT, info.rateLimit())
				.rateLimit(HeaderRateLimit.of(info.rateLimit()));
		}
	}

	private static ChatResponseMetadata.Builder metadata(@Nullable String id, @Nullable String model) {
		return ChatResponseMetadata.builder().id((id != null) ? id : "").model((model != null) ? model : "");
	}

	private static ChatResponse response(Generation generation, ChatResponseMetadata metadata) {
		return new ChatResponse(List.of(generation), metadata);
	}

}
