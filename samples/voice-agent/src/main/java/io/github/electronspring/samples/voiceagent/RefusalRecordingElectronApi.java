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

package io.github.electronspring.samples.voiceagent;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Notes until when requests are refused because the plan is used up.
 *
 * @author The Electron Spring authors
 */
class RefusalRecordingElectronApi implements ElectronApi {

	private final ElectronApi api;

	private final PlanUse planUse;

	RefusalRecordingElectronApi(ElectronApi api, PlanUse planUse) {
		this.api = api;
		this.planUse = planUse;
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return this.api.complete(request, context).doOnError(ElectronQuotaException.class, this.planUse::refused);
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return this.api.stream(request, context).doOnError(ElectronQuotaException.class, this.planUse::refused);
	}

}
