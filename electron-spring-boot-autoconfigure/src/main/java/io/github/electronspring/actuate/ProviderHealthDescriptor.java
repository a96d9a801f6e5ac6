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

package io.github.electronspring.actuate;

import java.time.Instant;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/**
 * The health of a provider. Immutable.
 *
 * @param status the code of its status
 * @param circuit the state of its circuit breaker
 * @param lastAnswer when it answered last, or {@code null} if it never did
 * @param lastFailure how it failed last, or {@code null} if it never did
 * @author The Electron Spring authors
 */
public record ProviderHealthDescriptor(String status, CircuitBreaker.State circuit, @Nullable Instant lastAnswer,
		@Nullable FailureDescriptor lastFailure) {

}
