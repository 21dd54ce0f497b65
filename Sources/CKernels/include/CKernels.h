int utter_kernels_placeholder(void);
