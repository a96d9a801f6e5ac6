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

package io.github.electronspring.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.LogContext;
import io.github.electronspring.protocol.Chunks;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnLogContext} and {@link TurnLogContextAccessor}.
 *
 * @author The Electron Spring authors
 */
class TurnLogContextTests extends AbstractTurnTests {

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final TurnEngine threaded = new TurnEngine(this.api,
			TurnSettings.defaults().withToolExecutor(this.executor));

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final TurnRequest request = request("c1");

	@AfterEach
	void clear() {
		MDC.clear();
		this.executor.shutdownNow();
	}

	@Test
	void toolLogsTheRequestOfItsRoundAndTheConversation() throws Exception {
		respondWithCalls(A);
		respondWithCalls(A).respond(Chunks.text("Done"));
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> {
			look();
			return Mono.just("100");
		});
		this.threaded.run(this.request, List.of(tool)).blockLast(TIMEOUT);
		this.executor.submit(this::look).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		assertThat(this.seen).containsExactly("req-1 c1", "req-2 c1", "null null");
	}

	@Test
	void reactiveChainLogsThemWithAutomaticPropagation() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		FakeTool tool = FakeTool.of("balance", (arguments,
				execution) -> Mono.delay(Duration.ofMillis(1)).doOnNext((tick) -> look()).thenReturn("100"));
		Hooks.enableAutomaticContextPropagation();
		try {
			this.threaded.run(this.request, List.of(tool)).blockLast(TIMEOUT);
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
		assertThat(this.seen).containsExactly("req-1 c1");
	}

	@Test
	void turnWithoutAConversationInsideAToolHasThatOfTheTurnAround() {
		respondWithCalls(A);
		respondWithCalls(C).respond(Chunks.text("Inner"));
		respondWithCalls(A);
		respondWithCalls(C).respond(Chunks.text("Inner")).respond(Chunks.text("Done"));
		FakeTool inner = FakeTool.of("rate", (arguments, execution) -> {
			look();
			return Mono.just("2");
		});
		List<String> conversations = new ArrayList<>(Arrays.asList(null, "c2"));
		FakeTool outer = FakeTool.of("balance",
				(arguments, execution) -> new TurnEngine(this.api).run(request(conversations.remove(0)), List.of(inner))
					.then(Mono.just("100")));
		this.threaded.run(this.request, List.of(outer)).blockLast(TIMEOUT);
		assertThat(this.seen).containsExactly("req-2 c1", "req-5 c2");
	}

	@Test
	void requestIsUnknownUntilTheRoundIsAnswered() {
		TurnLogContext context = new TurnLogContext("c1", "req-1");
		context.roundStarts();
		assertThat(context.requestId()).isNull();
		assertThat(context.conversationId()).isEqualTo("c1");
	}

	@Test
	void whatTheThreadHadIsThereAgainAfterwards() {
		TurnLogContextAccessor accessor = new TurnLogContextAccessor();
		assertThat(accessor.getValue()).isNull();
		MDC.put("own", "kept");
		accessor.setValue(new TurnLogContext("c1", "req-1"));
		TurnLogContext before = accessor.getValue();
		accessor.setValue(new TurnLogContext(null, "req-2"));
		look();
		accessor.restore(before);
		look();
		accessor.restore();
		look();
		assertThat(this.seen).containsExactly("req-2 null", "req-1 c1", "null null");
		assertThat(MDC.get("own")).isEqualTo("kept");
	}

	@Test
	void micrometerFindsTheAccessor() {
		assertThat(ServiceLoader.load(ThreadLocalAccessor.class))
			.hasAtLeastOneElementOfType(TurnLogContextAccessor.class);
		assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
			.hasAtLeastOneElementOfType(TurnLogContextAccessor.class);
	}

	private static TurnRequest request(String conversationId) {
		return new TurnRequest(builder().build(), CallContext.empty().withConversationId(conversationId), 4, true,
				Collections.emptyMap(), Collections.emptyList());
	}

	private void look() {
		this.seen.add(MDC.get(LogContext.REQUEST_ID) + " " + MDC.get(LogContext.CONVERSATION_ID));
	}

}
