"""The reviewer's desk: queue, claim, rubric, verdict, remarks, and the second person."""
