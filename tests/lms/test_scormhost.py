"""What only scormhost shows: it keeps everything that is sent, to the last moment."""

from __future__ import annotations

from tests.lms.story import Story


def test_time_and_exit_of_the_last_moment_are_stored(scormhost_story: Story) -> None:
    assert (scormhost_story.first.stored.session_time or "") > "0000:00:00.00"
    # This LMS writes "suspend" itself whenever a session ends.
    assert scormhost_story.first.stored.exit == "suspend"


def test_answers_are_stored_with_pattern_response_and_time(scormhost_story: Story) -> None:
    questions = scormhost_story.lesson.questions
    for index, question in enumerate(questions):
        kept = scormhost_story.second.stored.interactions[str(index)]
        response = scormhost_story.all_answers[question.id]
        shape = "".join if question.type == "choice" else lambda ids: ids[0][0]
        assert kept["correct_responses.0.pattern"].replace(",", "") == shape(sorted(question.correct))
        assert kept["student_response"].replace(",", "") == shape(sorted(response))
        assert kept["time"].count(":") == kept["latency"].count(":") == 2
