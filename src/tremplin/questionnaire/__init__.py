"""
The questionnaire: the questions of the interview in one file, which a client answers offline and sends back as a profile.

`catalogue` gives the questions to the script, `clients` what is known of each client, `page` makes the file of them.
`questionnaire.js` shows, checks and saves in the browser; what typed text means is decided in `model.profile.typed`, whose
patterns it has.
"""
