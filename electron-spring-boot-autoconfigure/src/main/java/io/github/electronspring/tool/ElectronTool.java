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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.execution.ToolCallResultConverter;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method of a bean as a tool that the model may call in every request. The bean
 * is fetched for each call, so that it may have any scope, and called through its proxy.
 * The method may also be declared on an interface or a superclass.
 * <p>
 * Parameters are described with
 * {@link org.springframework.ai.tool.annotation.ToolParam @ToolParam}; they are required
 * unless it says otherwise, or they are {@code Optional} or {@code @Nullable}. A
 * parameter of type {@link org.springframework.ai.chat.model.ToolContext} gets the
 * context of the call and one of type {@link io.github.electronspring.turn.ToolExecution
 * ToolExecution} the call itself; both are hidden from the model.
 * <p>
 * The method may block: it is not called on an event loop. A {@code Mono}, a
 * {@code CompletionStage} or another reactive type that it returns is awaited without
 * holding a thread; of a type with several values, such as {@code Flux}, at most 1000 are
 * collected to a list, and more are a failure. Cancelling the call cancels what it
 * returned. What the model or, with {@link #returnDirect()}, the caller gets is the text
 * that {@link #resultConverter()} makes of the value.
 *
 * @author The Electron Spring authors
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
@Tool
public @interface ElectronTool {

	/**
	 * The name of the tool: 1 to 64 letters, digits, {@code _} or {@code -}. By default
	 * the name of the method.
	 * @return the name
	 */
	@AliasFor(annotation = Tool.class, attribute = "name")
	String name() default "";

	/**
	 * What the tool does and when the model shall call it. By default the name of the
	 * method. It is input of every request, so keep it short.
	 * @return the description
	 */
	@AliasFor(annotation = Tool.class, attribute = "description")
	String description() default "";

	/**
	 * Whether the result ends the turn and goes to the caller instead of the model. By
	 * default it goes to the model.
	 * @return whether it does
	 */
	@AliasFor(annotation = Tool.class, attribute = "returnDirect")
	boolean returnDirect() default false;

	/**
	 * How long the tool may take, for example {@code 2s} or {@code 500ms}. By default as
	 * long as {@code electron.tools.timeout} says.
	 * @return the time
	 */
	String timeout() default "";

	/**
	 * Whether the tool runs alone: it waits until the tools that run have ended, and no
	 * other one of the turn starts before it has. By default tools run at the same time.
	 * @return whether it does
	 */
	boolean sequential() default false;

	/**
	 * Whether the tool is interrupted when the caller cancels the turn, for example by
	 * speaking, or when its time is over. By default it is. One that is not, because half
	 * a booking is worse than an unheard one, runs to its end. In turns made for speech a
	 * result that comes after the caller spoke goes with what the caller says next;
	 * otherwise it is dropped.
	 * @return whether it is
	 */
	boolean cancelOnBargeIn() default true;

	/**
	 * What is said when the tool starts and the model has said nothing before it: a
	 * message code of the application's {@code MessageSource}, or the text itself. By
	 * default a phrase such as "One moment". For turns made for speech, like the other
	 * phrases.
	 * @return the phrase
	 */
	String start() default "";

	/**
	 * What is said when the tool takes long: a message code or the text itself. By
	 * default a phrase such as "Still looking".
	 * @return the phrase
	 */
	String delayed() default "";

	/**
	 * The time after which {@link #delayed()} is said for the first time, for example
	 * {@code 2s}. By default as long as {@code electron.voice.silence.interval} says.
	 * @return the time
	 */
	String delayedAfter() default "";

	/**
	 * What is said when the tool has failed, before the model says what comes of it: a
	 * message code or the text itself. By default nothing.
	 * @return the phrase
	 */
	String failed() default "";

	/**
	 * What makes the text for the model of the result. By default texts stay as they are,
	 * without quotes, and all else is written as JSON.
	 * @return the type of the converter
	 */
	@AliasFor(annotation = Tool.class, attribute = "resultConverter")
	Class<? extends ToolCallResultConverter> resultConverter() default TextToolCallResultConverter.class;

}
