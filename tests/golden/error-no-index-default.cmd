XDG_DATA_HOME=$HOME/data khabar-query elbe
